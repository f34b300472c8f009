"""The debrief: fog, overview, pack, presenter, notes, share links, comparison, history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.games import services
from apps.journal import store
from apps.replay.chapters import chapters_for
from apps.replay.comparison import NotComparable, compare
from apps.replay.debrief import pack_of
from apps.replay.exporting import as_json
from apps.replay.fog import sides_of
from apps.replay.history import load_history
from apps.replay.importing import import_game
from apps.replay.models import Note, Opening, ShareLink
from apps.replay.moment import moment_of
from apps.replay.participation import participation
from apps.replay.recording import turns_of
from apps.replay.sharing import link_for, make_link, revoke_link
from apps.replay.sources import source_for
from apps.replay.story import story_of
from apps.replay.verification import verified
from tests.replay.conftest import INTENT, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, played):
    client.force_login(played.facilitator)
    return client


def page(client, name, played, **query):
    path = reverse(f"replay:{name}", args=[played.game.pk])
    return client.get(path, query)


def test_the_fog_names_what_each_side_did_not_know(played):
    chapters = chapters_for(played.source)
    sides = sides_of(
        played.source, chapters, chapters[1], ["public", "seat:COR", "seat:MAR", "facilitator"]
    )
    hidden = {side.viewer: side.hidden_orders for side in sides}
    patrol = "Marenne: Send a patrol into the narrows"
    assert hidden == {"public": [patrol], "seat:COR": [patrol], "seat:MAR": []}
    assert [bool(side.hidden_talks) for side in sides] == [True, False, False]


def test_the_pages_of_a_debrief_open_for_the_facilitator(staff, played):
    for name in ("fog", "overview", "pack", "present", "share", "what_if"):
        assert page(staff, name, played).status_code == 200
    assert INTENT in page(staff, "overview", played).content.decode()
    assert "Questions for discussion" in page(staff, "pack", played).content.decode()


def test_the_pdf_is_a_pdf(staff, played):
    answer = page(staff, "pack", played, format="pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_player_sees_the_whole_game_as_their_own_seat_and_nothing_else(client, played):
    client.force_login(played.players["COR"].person)
    own = page(client, "overview", played).content.decode()
    assert "As seen by: Kingdom of Corvania." in own
    assert "Who took part how much" not in own
    assert page(client, "overview", played, **{"as": "facilitator"}).status_code == 404
    for name in ("fog", "pack", "share", "what_if"):
        assert page(client, name, played).status_code == 403


def test_participation_counts_acts_and_holds_no_words(played):
    shares = participation(turns_of(store.read(played.game.pk)))
    told = {share.government: (share.messages, sorted(share.turns)) for share in shares}
    assert told["COR"][0] == 1
    assert told["OST"][0] == 1
    assert SECRET not in str(shares)
    assert {share.name for share in shares} == {"Player COR", "Player MAR", "Player OST"}


def test_the_pack_cites_claims_and_draws_its_questions_from_what_happened(played):
    text = str(pack_of(story_of(played.source, "facilitator")))
    assert "¶" in text
    assert "In turn 3" in text
    assert "Draft resolution" in text


def test_notes_are_pinned_shown_and_taken_back_by_their_author_alone(staff, client, played):
    add = reverse("replay:add_note", args=[played.game.pk])
    staff.post(
        add,
        {"turn": 1, "as": "public", "title": "Look here", "body": "<b>x</b>", "in_outline": "on"},
    )
    note = Note.objects.get()
    shown = page(staff, "recording", played, turn=1).content.decode()
    assert "Look here" in shown
    assert "<b>x</b>" not in shown
    assert "Look here" in page(staff, "present", played).content.decode()
    remove = reverse("replay:remove_note", args=[played.game.pk, note.pk])
    instructor = Person.objects.create_user(username="ida", password="pw", kind="instructor")
    client.force_login(instructor)
    assert client.post(remove).status_code == 404
    client.force_login(played.players["COR"].person)
    assert "Look here" not in page(client, "recording", played, turn=1).content.decode()
    assert client.post(add, {"turn": 1, "as": "seat:COR", "title": "Mine"}).status_code == 403
    client.force_login(played.facilitator)
    assert client.post(remove).status_code == 302
    assert not Note.objects.exists()


def test_a_note_on_a_moment_that_is_none_is_refused(staff, played):
    add = reverse("replay:add_note", args=[played.game.pk])
    staff.post(add, {"turn": 9, "as": "public", "title": "x"})
    staff.post(add, {"turn": 1, "as": "seat:NOBODY", "title": "x"})
    staff.post(add, {"turn": 1, "as": "public", "title": ""})
    assert not Note.objects.exists()


def test_a_share_link_opens_one_perspective_without_signing_in(client, played):
    _link, token = make_link(
        stream=played.game.pk, viewer="seat:COR", days=1, by=played.facilitator
    )
    url = reverse("replay:shared", args=[token])
    shown = client.get(url, {"turn": 1}).content.decode()
    assert 'data-moment-viewer="seat:COR"' in shown
    assert "patrol into" not in shown
    assert client.get(url, {"as": "facilitator"}).status_code == 404
    why = reverse("replay:shared_why", args=[token])
    assert client.get(why, {"turn": 1, "what": "figure:tension"}).status_code == 200
    assert client.get(why, {"turn": 1, "as": "public", "what": "near"}).status_code == 404


def test_a_link_keeps_only_its_hash_and_stops_when_it_runs_out_or_is_withdrawn(client, played):
    link, token = make_link(stream=played.game.pk, viewer="public", days=1, by=played.facilitator)
    assert token not in str(ShareLink.objects.values())
    assert link_for("x" + token) is None
    ShareLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert link_for(token) is None
    link, token = make_link(stream=played.game.pk, viewer="public", days=1, by=played.facilitator)
    assert link_for(token) is not None
    revoke_link(link=link)
    assert client.get(reverse("replay:shared", args=[token])).status_code == 404


def test_a_link_is_made_and_shown_once(staff, played):
    url = reverse("replay:share", args=[played.game.pk])
    made = staff.post(url, {"viewer": "public", "days": "7"})
    assert "/shared/" in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert "/shared/" not in staff.get(url).content.decode()
    assert staff.post(url, {"viewer": "seat:NOBODY", "days": "7"}).status_code == 200
    assert ShareLink.objects.count() == 1


def test_the_debrief_is_opened_to_players_once_the_game_is_over(staff, played):
    url = reverse("replay:open_debrief", args=[played.game.pk])
    staff.post(url)
    assert not Opening.objects.exists()
    services.archive_game(by=played.facilitator, game_id=played.game.pk)
    staff.post(url)
    assert Opening.objects.filter(pk=played.game.pk).exists()
    staff.post(url, {"close": "1"})
    assert not Opening.objects.exists()


def test_games_of_one_scenario_are_compared(staff, played):
    saved = import_game(
        data=as_json(played.source, store.read(played.game.pk)), owner=played.facilitator
    )
    answer = staff.get(reverse("replay:compare"), {"game": [played.game.pk, saved.pk]})
    shown = answer.content.decode()
    assert shown.count("Seminar A") > 3
    assert "Tension in the strait" in shown
    one = staff.get(reverse("replay:compare"), {"game": [saved.pk]}).content.decode()
    assert "at least two games" in one
    with pytest.raises(NotComparable):
        compare([])


def test_a_game_that_is_not_ones_own_is_not_compared(client, played):
    client.force_login(Person.objects.create_user(username="other", password="pw"))
    shown = client.get(reverse("replay:compare"), {"game": [played.game.pk]}).content.decode()
    assert "Seminar A" not in shown


def test_history_is_adjudicated_once_and_stands_for_everybody(client, played, tmp_path):
    path = tmp_path / "history.yaml"
    path.write_text(
        "scenario: strait_of_veld\nseed: history\ntitle: As it was\nturns: 4\nplay:\n"
        "  - orders:\n"
        "      - {by: MAR, move: start_patrol, intent: Show the flag.}\n"
        "      - {by: OST, move: table_draft, parameters: {clauses: [lighthouse]}}\n"
        "  - votes:\n      - {member: COR, choice: 'no'}\n"
    )
    saved, made = load_history(path)
    again, made_again = load_history(path)
    assert (made, made_again, saved) == (True, False, again)
    source = source_for(saved.pk)
    assert verified(store.read(saved.pk), source.document, source.seed) is None
    every = chapters_for(source)
    assert [chapter.turn for chapter in every] == [0, 1, 2]
    assert moment_of(source, every, every[1], "seat:MAR").orders[0].intent == "Show the flag."
    client.force_login(played.players["COR"].person)
    assert "As it was" in client.get(reverse("replay:gallery")).content.decode()
    assert client.get(reverse("replay:recording", args=[saved.pk])).status_code == 200
    assert client.get(reverse("replay:what_if", args=[saved.pk])).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "seminar"}, True),
        ({"q": "nothing of the kind"}, False),
        ({"scenario": "strait_of_veld"}, True),
        ({"origin": "session"}, True),
        ({"origin": "history"}, False),
        ({"since": "2000-01-01"}, True),
        ({"until": "2000-01-01"}, False),
    ],
)
def test_the_gallery_is_searched_and_filtered(staff, played, query, found):
    shown = staff.get(reverse("replay:gallery"), query).content.decode()
    assert ("Seminar A" in shown) == found
    assert ("No game matches" in shown) != found
