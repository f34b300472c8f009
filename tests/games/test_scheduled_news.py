"""News that waits for its turn: it comes once, and nobody knows of it before."""

from __future__ import annotations

import pytest

from apps.games import selectors, services
from apps.games.refusals import Refusal
from apps.games.session import session_from_json, session_to_json
from apps.games.sessions import session_for
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import table

pytestmark = pytest.mark.django_db
WORDS = {"title": "A storm", "text": "Wind from the east.", "sender": "Lighthouse"}


@pytest.fixture
def played():
    return table(turns=4)


def schedule(played, turn=2, **more):
    return services.schedule_inject(
        by=played.dana, game_id=played.game.pk, turn=turn, **{**WORDS, **more}
    )


def said(played, viewer):
    return [one["title"] for one in selectors.statements_for(played.again(), viewer)]


def test_it_goes_out_when_its_turn_opens_and_only_then(played):
    schedule(played, to=["OST"])
    before = selectors.cursor_for(played.again(), "seat:OST")
    assert said(played, "seat:OST") == []
    assert selectors.cursor_for(played.again(), "seat:OST") == before
    played.close()
    assert said(played, "seat:OST") == ["A storm"]
    assert said(played, "seat:COR") == []
    played.close()
    assert said(played, "seat:OST") == ["A storm"]
    assert verify_game(played.again()) == []


def test_one_of_the_scenario_has_its_effects_when_its_turn_closes(played):
    services.schedule_inject(by=played.dana, game_id=played.game.pk, turn=2, inject="storm")
    played.close()
    assert session_for(played.again()).injects == ("storm",)
    played.close()
    happened = store.read(played.game.pk, kinds=["InjectHappened"])
    assert "storm" in [record.payload["inject"] for record in happened]


def test_a_turn_that_is_opened_again_brings_it_again(played):
    schedule(played)
    played.close()
    services.reopen_turn(by=played.dana, game_id=played.game.pk, turn=1, reason="A slip")
    played.close()
    sent = store.read(played.game.pk, kinds=["InjectSent"])
    assert len(sent) == 2
    assert verify_game(played.again()) == []


def test_what_was_withdrawn_never_comes(played):
    key = schedule(played)
    services.withdraw_inject(by=played.dana, game_id=played.game.pk, schedule=key)
    played.close()
    assert said(played, "public") == []
    with pytest.raises(Refusal):
        services.withdraw_inject(by=played.dana, game_id=played.game.pk, schedule=key)


@pytest.mark.parametrize(
    "changes", [{"turn": 1}, {"turn": 5}, {"to": []}, {"to": ["XXX"]}, {"title": " "}]
)
def test_what_cannot_be_scheduled_is_refused(played, changes):
    with pytest.raises(Refusal):
        schedule(played, **changes)


def test_a_player_schedules_nothing(played):
    with pytest.raises(Refusal) as refused:
        services.schedule_inject(by=played.anna.person, game_id=played.game.pk, turn=2, **WORDS)
    assert refused.value.code == "not_allowed"


def test_the_snapshot_of_a_session_keeps_what_waits(played):
    schedule(played)
    session = session_for(played.again())
    from apps.games.rulesets import ruleset_for

    assert session_from_json(ruleset_for(played.again()), session_to_json(session)) == session
