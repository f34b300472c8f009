"""A reviewed turn in replay: both layers for who ran it, the released one for everybody else."""

from __future__ import annotations

import pytest

from apps.games import services
from apps.games.sessions import session_for
from apps.journal import store
from apps.replay.chapters import chapters_for, standing
from apps.replay.exporting import as_json
from apps.replay.importing import import_game
from apps.replay.moment import moment_of

pytestmark = pytest.mark.django_db
REASON = "canary-of-the-reason"


@pytest.fixture
def reviewed(played):
    """The fourth turn held back, its last tension amended, a dispatch added, then released."""
    services.set_review(by=played.facilitator, game_id=played.game.pk, review=True)
    played.order("COR", "start_patrol")
    played.close()
    played.game.refresh_from_db()
    held = session_for(played.game).held
    index = max(
        place
        for place, event in enumerate(held)
        if event["kind"] == "TrackChanged" and event["payload"]["name"] == "tension"
    )
    act = {"by": played.facilitator, "game_id": played.game.pk, "reason": REASON}
    services.amend_effect(index=index, changes={"after": 77.0}, **act)
    services.add_effect(effect={"headline": "A whale in the strait", "body": ""}, **act)
    assert [chapter.turn for chapter in standing(chapters_for(played.source))] == [0, 1, 2, 3]
    services.release_results(by=played.facilitator, game_id=played.game.pk)
    return played


def moment(played, viewer):
    every = chapters_for(played.source)
    return moment_of(played.source, every, standing(every)[-1], viewer)


def test_the_facilitator_sees_the_rules_result_beside_the_amendment(reviewed):
    amended, added = moment(reviewed, "facilitator").amendments
    assert (amended.action, amended.what, amended.released) == (
        "amended",
        "Tension in the strait",
        "77.0",
    )
    assert amended.ruled not in ("", "77.0")
    assert (added.action, added.ruled, added.released) == (
        "added",
        "nothing",
        "“A whale in the strait”",
    )
    assert {amended.reason, added.reason} == {REASON}


def test_the_others_see_what_was_released_and_no_reason(reviewed):
    for viewer in ("public", "seat:COR", "seat:OST"):
        seen = moment(reviewed, viewer)
        tension = next(
            row for group in seen.indicators for row in group.rows if row.label == "tension"
        )
        assert tension.value == "77"
        assert "A whale in the strait" in str(seen.dispatches)
        assert seen.amendments == []
        assert REASON not in str(seen)


def test_an_amended_game_verifies_and_comes_back(reviewed):
    data = as_json(reviewed.source, store.read(reviewed.game.pk))
    saved = import_game(data=data, owner=reviewed.facilitator)
    assert store.head(saved.pk) == store.head(reviewed.game.pk)
