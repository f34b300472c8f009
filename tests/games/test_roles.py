"""Who in a delegation may submit what, where the scenario names roles."""

from __future__ import annotations

import pytest

from apps.games import selectors, services
from apps.games.fragments import fragments_for
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for, ruleset_for
from apps.games.session.saving import session_from_json, session_to_json
from apps.games.sessions import session_for
from tests.games.cast import INTENT, table

pytestmark = pytest.mark.django_db


def move_for_heads(cast) -> str:
    """A move that only the head of a delegation may submit, open to Corvania now."""
    moves = document_for(cast.game)["moves"]
    return next(name for name, move in moves.items() if move.get("roles") == ["head"])


def drafted(cast, **words: str):
    made = {**INTENT, **words}
    return services.save_draft(
        membership=cast.cora, move=move_for_heads(cast), parameters={}, **made
    )


def test_another_role_drafts_a_move_and_only_its_own_role_submits_it():
    cast = table()
    assert cast.anna.seat_role == "head"
    draft = drafted(cast)
    with pytest.raises(Refusal) as refused:
        services.set_ready(membership=cast.cora, ready=True)
    assert "is for the" in refused.value.details["problems"][str(draft.pk)]
    problems = {}
    try:
        services.set_ready(membership=cast.anna, ready=True)
    except Refusal as refusal:  # the rules may refuse it for reasons of their own
        problems = refusal.details["problems"]
    assert "is for the" not in problems.get(str(draft.pk), "")


def test_a_delegation_without_that_role_is_not_stopped():
    cast = table()
    services.remove_person(
        by=cast.dana, game_id=cast.game.pk, membership_id=cast.anna.pk, reason="Ill"
    )
    draft = drafted(cast)
    problems = {}
    try:
        services.set_ready(membership=cast.cora, ready=True)
    except Refusal as refusal:
        problems = refusal.details["problems"]
    assert "is for the" not in problems.get(str(draft.pk), "")


def heads_submit(cast):
    """A session like this one in which heads submit, with the same people in the same seats."""
    game = services.create_game(
        by=cast.dana,
        scenario=document_for(cast.game),
        turns=3,
        seats={"MAR": {"mode": "nobody"}, "OST": {"mode": "nobody"}},
        heads_submit=True,
    )
    people = []
    for name, role in (("Hana", "head"), ("Otto", "")):
        member = services.join_game(code=game.join_code, display_name=name)
        services.take_seat(membership=member, government="COR", role=role)
        member.refresh_from_db()
        people.append(member)
    services.start_game(by=cast.dana, game_id=game.pk)
    game.refresh_from_db()
    return game, *people


def test_where_heads_submit_the_others_draft_and_only_the_head_is_ready():
    game, hana, otto = heads_submit(table())
    assert (hana.seat_role, otto.seat_role != "head") == ("head", True)
    option = next(o for o in selectors.moves_for(game, "COR") if o.open)
    services.save_draft(membership=otto, move=option.move, parameters={}, **INTENT)
    for act in (
        lambda: services.set_ready(membership=otto, ready=True),
        lambda: services.set_standing_orders(membership=otto),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "heads_submit"
        assert "Hana" in refused.value.sentence
    services.set_standing_orders(membership=hana)
    services.remove_draft(
        membership=otto, draft_id=selectors.orders_for(game, "COR")["drafts"][0]["id"]
    )
    services.set_ready(membership=hana, ready=True)
    with pytest.raises(Refusal) as refused:
        services.set_ready(membership=otto, ready=False)
    assert refused.value.code == "heads_submit"


def test_where_heads_submit_a_delegation_without_a_head_is_not_stopped():
    cast = table()
    game, hana, otto = heads_submit(cast)
    services.remove_person(by=cast.dana, game_id=game.pk, membership_id=hana.pk, reason="Ill")
    services.set_ready(membership=otto, ready=True)
    game.refresh_from_db()
    assert selectors.orders_for(game, "COR")["ready"]


def test_the_room_names_who_submits_and_a_duplicate_keeps_the_setting():
    cast = table()
    game, hana, _otto = heads_submit(cast)
    game.refresh_from_db()
    desk = fragments_for(game, "seat:COR")["room-desk"]
    assert "Submits for us:" in desk
    assert str(hana.pk) in desk
    assert "Submits for us:" not in fragments_for(cast.again(), "seat:COR")["room-desk"]
    again = services.duplicate_game(by=cast.dana, game_id=game.pk)
    assert session_for(again).heads_submit
    assert not session_for(cast.again()).heads_submit
    whole = session_to_json(session_for(again))
    assert session_from_json(ruleset_for(again), whole).heads_submit


def test_an_order_says_which_reaction_is_expected_whoever_submits_it():
    cast = table()
    option = next(o for o in selectors.moves_for(cast.again(), "COR") if o.open)
    with pytest.raises(Refusal) as refused:
        services.submit_orders(
            membership=cast.anna,
            orders=[{"move": option.move, "parameters": {}, "intent": "We want it."}],
        )
    assert refused.value.code == "orders_refused"
    assert "what reaction you expect" in refused.value.sentence
