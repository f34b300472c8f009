"""The saved-game file: whatever was changed is found, whatever is hostile is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.replay import savefile

GAME = {"title": "Seminar A", "turns": 12, "id": "b6b1"}
SCENARIO = {"format": 1, "scenario": {"id": "korean_knot", "title": "Korean Knot"}}


def a_record(sequence: int, **payload: object) -> dict[str, object]:
    return {
        "sequence": sequence,
        "kind": "MessageSent",
        "version": 1,
        "audience": "public",
        "payload": payload,
        "actor": None,
        "at": "2026-01-01T00:00:00.000000+00:00",
        "digest": "0" * 64,
    }


def a_file(**changes: object) -> bytes:
    parts = {
        "game": GAME,
        "scenario": SCENARIO,
        "seed": "s",
        "journal": [a_record(1, body="hello")],
    }
    return savefile.written(**(parts | changes))  # type: ignore[arg-type]


def test_what_is_written_is_read_back_whole():
    data = a_file()
    file = savefile.read(data)
    assert (file.game, file.scenario, file.seed) == (GAME, SCENARIO, "s")
    assert file.journal == [a_record(1, body="hello")]
    assert savefile.changed_parts(data, file) == []


@given(data=st.data())
def test_a_changed_byte_anywhere_is_found(data):
    whole = a_file()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    try:
        found = savefile.changed_parts(changed, savefile.read(changed))
    except savefile.SaveFileError as refusal:
        found = [str(refusal)]
    assert found
    assert all(found)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"game": GAME | {"title": "Seminar B"}}, '"game"'),
        ({"seed": "t"}, '"seed"'),
        ({"journal": [a_record(1, body="hullo")]}, '"journal"'),
        ({"scenario": SCENARIO | {"format": 2}}, '"scenario"'),
    ],
)
def test_the_changed_part_is_named(changes, named):
    whole, other = json.loads(a_file()), json.loads(a_file(**changes))
    part = named.strip('"')
    whole[part] = other[part]
    data = json.dumps(whole).encode()
    assert savefile.changed_parts(data, savefile.read(data)) == [
        f"{named} was changed after the export"
    ]


def test_a_changed_space_is_named_by_its_line():
    data = a_file().replace(b'"seed":', b'"seed": ')
    (found,) = savefile.changed_parts(data, savefile.read(data))
    assert "line 6" in found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b"not a game", "not JSON"),
        (b"[]", "not a saved game"),
        (b'{"format":"other"}', "not a saved game"),
        (b"[" * 100_000, "nested more than"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, "nested more than"),
        (b'"' + b'\\"' * 200_000, "not JSON"),
        (a_file().replace(b'"version":1', b'"version":99', 1), "reads up to version 1"),
        (a_file().replace(b'"version":1', b'"version":true', 1), "whole number"),
        (a_file(game=GAME | {"turns": "12"}), "game.turns"),
        (a_file(game=GAME | {"title": ""}), "game.title"),
        (a_file(seed=""), '"seed"'),
        (a_file(journal=[]), "at least one record"),
        (a_file(journal=[a_record(2)]), "missing, doubled or out of order"),
        (a_file(journal=[a_record(1) | {"actor": 5}]), "wrong type in: actor"),
        (a_file(journal=[a_record(1) | {"extra": 5}]), "exactly the keys"),
        (a_file(journal=[a_record(1, body="x" * 20_001)]), "20,000 characters"),
        (a_file(journal=[a_record(1, body="a\u202eb")]), "control characters"),
        (a_file(scenario={"title": "<script>alert(1)</script>"}), "script or markup"),
        (a_file(journal=[a_record(1, seat="<img src=x>")]), "script or markup"),
        (a_file().replace(b'"seed":"s"', b'"seed":"s","more":1'), '"more" is not part'),
    ],
    ids=range(21),
)
def test_a_hostile_or_broken_file_is_refused_in_words(data, words):
    with pytest.raises(savefile.SaveFileError, match=words):
        savefile.read(data)


def test_a_file_beyond_the_size_is_refused_before_it_is_parsed():
    with pytest.raises(savefile.SaveFileError, match="at most"):
        savefile.read(b" " * (savefile.MAX_BYTES + 1))


def test_a_players_own_words_may_hold_anything_printable():
    words = 'they said "<script>" on purpose'
    file = savefile.read(a_file(journal=[a_record(1, body=words)]))
    assert file.journal[0]["payload"]["body"] == words


def test_the_order_of_a_scenarios_keys_is_kept():
    ordered = {"moves": {"z": 1, "a": 2}, "format": 1}
    file = savefile.read(a_file(scenario=ordered))
    assert list(file.scenario["moves"]) == ["z", "a"]
