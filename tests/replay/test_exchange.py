"""Export, import and verification of whole games."""

from __future__ import annotations

import csv
import io
import json
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.accounts.models import Person
from apps.journal import store
from apps.journal.store import canonical, chain_digest
from apps.replay import savefile
from apps.replay.chapters import chapters_for
from apps.replay.exporting import CSV_COLUMNS, as_csv, as_json
from apps.replay.importing import import_game, record_from_json
from apps.replay.models import SavedGame
from apps.replay.savefile import SaveFileError

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(played) -> bytes:
    return as_json(played.source, store.read(played.game.pk))


def resealed(data: bytes, change) -> bytes:
    """The file after `change`, with chain and seals made anew: a careful forger's file."""
    file = savefile.read(data)
    journal = [dict(record) for record in file.journal]
    change(journal)
    digest = store.GENESIS
    for record in journal:
        parsed = record_from_json(uuid.UUID(int=0), record)
        digest = chain_digest(
            digest,
            sequence=parsed.sequence,
            kind=parsed.kind,
            version=parsed.version,
            audience=parsed.audience,
            content=canonical(parsed.payload),
            actor=parsed.actor,
            at=parsed.at,
        )
        record["digest"] = digest
    return savefile.written(file.game, file.scenario, file.seed, journal)


def test_a_game_comes_back_as_it_was(played, exported):
    saved = import_game(data=exported, owner=played.facilitator)
    before, after = chapters_for(played.source), chapters_for(_source(saved))
    assert [chapter.summary for chapter in after] == [chapter.summary for chapter in before]
    assert store.head(saved.pk) == store.head(played.game.pk)
    assert saved.pk != played.game.pk
    again = as_json(_source(saved), store.read(saved.pk))
    assert json.loads(again)["journal"] == json.loads(exported)["journal"]


def test_the_same_file_twice_is_one_game(played, exported):
    other = Person.objects.create_user(username="other", password="pw")
    played.game.memberships.all().delete()
    first = import_game(data=exported, owner=other)
    second = import_game(data=as_json(_source(first), store.read(first.pk)), owner=other)
    assert first == second
    assert SavedGame.objects.count() == 1


def test_a_changed_figure_is_found_although_chain_and_seals_were_made_anew(exported):
    def change(journal):
        record = next(one for one in journal if one["kind"] == "TrackChanged")
        record["payload"] = record["payload"] | {"after": record["payload"]["after"] + 1}

    with pytest.raises(SaveFileError, match=r"Turn 1, event \d+ \(TrackChanged\).*the rules give"):
        import_game(data=resealed(exported, change), owner=None)
    assert not SavedGame.objects.exists()


def test_a_changed_order_is_found_by_what_it_would_have_done(exported):
    def change(journal):
        record = next(one for one in journal if one["kind"] == "OrdersSubmitted")
        record["payload"] = record["payload"] | {"orders": []}

    with pytest.raises(SaveFileError, match="Turn 1"):
        import_game(data=resealed(exported, change), owner=None)


def test_a_missing_result_is_found(exported):
    def change(journal):
        place = next(i for i, one in enumerate(journal) if one["kind"] == "TrackChanged")
        del journal[place]
        for sequence, record in enumerate(journal, start=1):
            record["sequence"] = sequence

    with pytest.raises(SaveFileError, match=r"Turn \d"):
        import_game(data=resealed(exported, change), owner=None)


def test_a_broken_chain_names_the_event(exported):
    file = savefile.read(exported)
    journal = [dict(record) for record in file.journal]
    journal[4]["audience"] = "public" if journal[4]["audience"] != "public" else "facilitator"
    data = savefile.written(file.game, file.scenario, file.seed, journal)
    with pytest.raises(SaveFileError, match="event 5"):
        import_game(data=data, owner=None)


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("scenario", {"scenario": {"title": "x"}}, "scenario"),
        ("scenario", {"governments": []}, "scenario"),
        ("seed", "another", "seed"),
    ],
)
def test_a_foreign_part_is_refused_in_words(exported, part, value, words):
    file = savefile.read(exported)
    parts = {
        "game": file.game,
        "scenario": file.scenario,
        "seed": file.seed,
        "journal": file.journal,
    }
    data = savefile.written(**(parts | {part: value}))
    with pytest.raises(SaveFileError, match=words):
        import_game(data=data, owner=None)


def test_payloads_of_a_wrong_shape_end_in_a_finding_and_not_in_a_traceback(exported):
    for kind in ("GameCreated", "TurnOpened", "OrdersSubmitted", "OrderAccepted"):

        def change(journal, kind=kind):
            record = next(one for one in journal if one["kind"] == kind)
            record["payload"] = {"nothing": [1, {"deep": None}]}

        with pytest.raises(SaveFileError):
            import_game(data=resealed(exported, change), owner=None)


def test_the_csv_has_the_documented_columns_and_runs_no_formula(played):
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(store.read(played.game.pk))))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert {"1", "2", "3"} <= {row["turn"] for row in rows}
    assert any(row["move"] == "send_protest" for row in rows)
    assert any(row["rule"] and row["claims"] for row in rows)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_every_column_and_part_is_in_the_documentation():
    text = (Path(__file__).parents[2] / "docs" / "saved-games.md").read_text()
    for name in (*CSV_COLUMNS, *savefile.PARTS, *savefile.RECORD_KEYS):
        assert f"`{name}`" in text


def test_only_who_may_see_everything_exports(client, played):
    url = reverse("replay:export", args=[played.game.pk, "json"])
    client.force_login(played.players["COR"].person)
    assert client.get(url).status_code == 403
    client.force_login(played.facilitator)
    for form in ("json", "jsonl", "csv"):
        answer = client.get(reverse("replay:export", args=[played.game.pk, form]))
        assert answer.status_code == 200
        assert answer.getvalue()
    assert client.get(reverse("replay:export", args=[played.game.pk, "exe"])).status_code == 404


def test_the_import_page_takes_a_file_and_says_what_is_wrong_with_another(client, played, exported):
    client.force_login(played.facilitator)
    url = reverse("replay:import")
    good = client.post(url, {"file": _upload(exported)})
    saved = SavedGame.objects.get()
    assert good.status_code == 302
    assert good.url == reverse("replay:recording", args=[saved.pk])
    bad = client.post(url, {"file": _upload(exported.replace(b"Seminar A", b"Seminar B", 1))})
    assert bad.status_code == 422
    assert "was changed after the export" in bad.content.decode()


def test_the_commands_export_verify_and_import(played, tmp_path):
    path = tmp_path / "game.json"
    call_command("export", str(played.game.pk), output=path, stderr=StringIO())
    out = StringIO()
    call_command("verify", str(path), str(played.game.pk), stdout=out)
    assert out.getvalue().count("whole") == 2
    path.write_bytes(path.read_bytes().replace(b'"turns":6', b'"turns":7', 1))
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify", str(path), stdout=out)
    assert '"game" was changed' in out.getvalue()
    with pytest.raises(CommandError, match="was not imported"):
        call_command("import_game", path)
    with pytest.raises(CommandError, match="Nobody has the username"):
        call_command("import_game", path, owner="nobody")
    with pytest.raises(CommandError, match="There is no game"):
        call_command("export", str(uuid.uuid4()))


def _upload(data: bytes) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = "game.json"
    return file


def _source(saved):
    from apps.replay.sources import source_for

    return source_for(saved.pk)


SAVED = sorted((Path(__file__).parent / "saved_games").glob("version-*.json"))


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_a_file_of_every_version_still_comes_in_whole(path):
    """The games hold their own scenario: a finding here is a change of adjudication or format."""
    saved = import_game(data=path.read_bytes(), owner=None)
    chapters = chapters_for(_source(saved))
    assert saved.title == "Saved by version 1"
    assert [(one.turn, one.take, one.superseded) for one in chapters] == [
        (0, 1, False),
        (1, 1, False),
        (2, 1, True),
        (2, 2, False),
        (3, 1, False),
    ]
    assert saved.ending


def test_there_is_a_file_of_every_version():
    assert [path.stem for path in SAVED] == [
        f"version-{number}" for number in range(1, savefile.VERSION + 1)
    ]
