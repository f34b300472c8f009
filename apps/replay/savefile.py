"""The saved-game file: its canonical text, its seals, and a reader that trusts nothing.

The format is described in docs/saved-games.md. This module knows bytes and types; whether the
journal's chain is whole and whether the orders give these events is apps.replay.verification's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from apps.journal.store import canonical

FORMAT = "korean-knot/saved-game"
VERSION = 1
MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 40
MAX_RECORDS = 60_000
MAX_TEXT = 20_000
PARTS = ("format", "version", "game", "scenario", "seed", "journal", "digests")
RECORD_KEYS = {"sequence", "kind", "version", "audience", "payload", "actor", "at", "digest"}

# A person's own words may hold anything printable: they are shown escaped, never as markup.
_OWN_WORDS = {"intent", "expects", "explanation", "text", "body", "title", "reason", "headline"}
_MARKUP = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|svg|style|link|img)\b|javascript:", re.I
)
# An unfinished text runs to the end, so that no text can be scanned twice (quadratic time).
_TOKENS = re.compile(rb'(?s)"(?:[^"\\]|\\.|\\\Z)*+(?:"|\Z)|[\[{]|[\]}]')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class SaveFileError(ValueError):
    """The file is not a saved game that can be trusted; the message says what and where."""


@dataclass(frozen=True)
class SaveFile:
    """The parts of a saved game, types checked: nothing more is promised."""

    game: dict[str, Any]
    scenario: dict[str, Any]
    seed: str
    journal: list[dict[str, Any]]
    digests: dict[str, str]


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical spelling (keys sorted, no spaces), in hexadecimal."""
    return hashlib.sha256(_canonical(value)).hexdigest()


def _in_order(scenario: Any) -> bytes:
    """A scenario keeps its order of keys: people see moves and governments in it."""
    return orjson.dumps(scenario)


def _canonical(value: Any) -> bytes:
    return canonical(value).encode()


def seals_of(
    game: Mapping[str, Any], scenario: Any, seed: str, journal: list[Any]
) -> dict[str, str]:
    """A seal for each part and one over all of them, so that a changed byte can be named."""
    seals = {
        "game": digest_of(game),
        "journal": digest_of(journal),
        "scenario": hashlib.sha256(_in_order(scenario)).hexdigest(),
        "seed": digest_of(seed),
    }
    return {**seals, "file": digest_of({"format": FORMAT, "version": VERSION, **seals})}


def written(game: Mapping[str, Any], scenario: Any, seed: str, journal: list[Any]) -> bytes:
    """The whole file in canonical text: a part a line, and a record of the journal a line."""
    lines = [
        b"{",
        b'"format":' + _canonical(FORMAT) + b",",
        b'"version":' + _canonical(VERSION) + b",",
        b'"game":' + _canonical(game) + b",",
        b'"scenario":' + _in_order(scenario) + b",",
        b'"seed":' + _canonical(seed) + b",",
        b'"journal":[',
        b",\n".join(_canonical(record) for record in journal),
        b"],",
        b'"digests":' + _canonical(seals_of(game, scenario, seed, journal)),
        b"}",
    ]
    return b"\n".join(lines) + b"\n"


def read(data: bytes) -> SaveFile:
    """Parse and check types, sizes and text. Raises SaveFileError naming what is wrong."""
    if len(data) > MAX_BYTES:
        raise SaveFileError(
            f"The file has {len(data):,} bytes; a saved game has at most {MAX_BYTES:,}."
        )
    _check_depth(data)
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise SaveFileError(f"The file is not JSON: {error}.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise SaveFileError(f'The file is not a saved game: "format" should be "{FORMAT}".')
    return _parts(migrated(document))


def migrated(document: dict[str, Any]) -> dict[str, Any]:
    """The document in today's version. Raises SaveFileError for a version that is not known."""
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        version = None
    if version == VERSION:
        return document
    if version is not None and version > VERSION:
        raise SaveFileError(
            f"The file has version {version}; this program reads up to version {VERSION}. "
            "Update the program, or export the game again from the older one."
        )
    raise SaveFileError(f'"version" should be a whole number from 1 to {VERSION}.')


def _parts(document: dict[str, Any]) -> SaveFile:
    missing = [part for part in PARTS if part not in document]
    unknown = sorted(set(document) - set(PARTS))
    if missing or unknown:
        what = [f'"{part}" is missing' for part in missing]
        what += [f'"{part[:40]}" is not part of a saved game' for part in unknown]
        raise SaveFileError("The file is not a whole saved game: " + "; ".join(what) + ".")
    game, scenario = _mapping(document, "game"), _mapping(document, "scenario")
    seed, digests = document["seed"], _mapping(document, "digests")
    if not isinstance(seed, str) or not 1 <= len(seed) <= 80:
        raise SaveFileError('"seed" should be a text of 1 to 80 characters.')
    if not all(isinstance(value, str) for value in digests.values()):
        raise SaveFileError('"digests" should hold texts only.')
    _check_game(game)
    journal = _journal(document["journal"])
    _check_text(scenario, ("scenario",), markup=True)
    _check_text(game, ("game",), markup=False)
    for record in journal:
        _check_text(record, ("journal", record["sequence"]), markup=True)
    return SaveFile(game=game, scenario=scenario, seed=seed, journal=journal, digests=digests)


def _mapping(document: dict[str, Any], part: str) -> dict[str, Any]:
    value = document[part]
    if not isinstance(value, dict):
        raise SaveFileError(f'"{part}" should be an object.')
    return value


def _check_game(game: dict[str, Any]) -> None:
    title, turns = game.get("title"), game.get("turns")
    if not isinstance(title, str) or not 1 <= len(title) <= 200:
        raise SaveFileError('"game.title" should be a text of 1 to 200 characters.')
    if not isinstance(turns, int) or isinstance(turns, bool) or not 1 <= turns <= 200:
        raise SaveFileError('"game.turns" should be a whole number from 1 to 200.')


def _journal(journal: Any) -> list[dict[str, Any]]:
    if not isinstance(journal, list) or not journal:
        raise SaveFileError('"journal" should be a list of at least one record.')
    if len(journal) > MAX_RECORDS:
        raise SaveFileError(f'"journal" has more than {MAX_RECORDS:,} records.')
    for number, record in enumerate(journal, start=1):
        _check_record(number, record)
    return journal


def _check_record(number: int, record: Any) -> None:
    if not isinstance(record, dict) or set(record) != RECORD_KEYS:
        raise SaveFileError(
            f"Record {number} of the journal should have exactly the keys "
            + ", ".join(sorted(RECORD_KEYS))
            + "."
        )
    types = {"kind": str, "audience": str, "payload": dict, "at": str, "digest": str}
    wrong = [key for key, kind in types.items() if not isinstance(record[key], kind)]
    for key in ("sequence", "version"):
        if not isinstance(record[key], int) or isinstance(record[key], bool):
            wrong.append(key)
    if record["actor"] is not None and not isinstance(record["actor"], str):
        wrong.append("actor")
    if wrong:
        raise SaveFileError(f"Record {number} of the journal has a wrong type in: {wrong[0]}.")
    if record["sequence"] != number:
        raise SaveFileError(
            f"Record {number} of the journal has sequence {record['sequence']}: "
            "a record is missing, doubled or out of order."
        )


def _check_depth(data: bytes) -> None:
    """Refuse deep nesting before any parser recurses. Brackets inside texts do not count."""
    depth = 0
    for token in _TOKENS.finditer(data):
        mark = token.group()[:1]
        if mark in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise SaveFileError(
                    f"The file is nested more than {MAX_DEPTH} deep at byte {token.start():,}."
                )
        elif mark in b"]}":
            depth -= 1


def _check_text(value: Any, path: tuple[str | int, ...], *, markup: bool) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key, path, markup=True)
            own = path[0] != "scenario" and key in _OWN_WORDS
            _check_text(inner, (*path, key), markup=markup and not own)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check_text(inner, (*path, index), markup=markup)
    elif isinstance(value, str):
        where = ".".join(str(step)[:40] for step in path)
        if len(value) > MAX_TEXT:
            raise SaveFileError(f"The text at {where} has more than {MAX_TEXT:,} characters.")
        if _CONTROL.search(value):
            raise SaveFileError(f"The text at {where} holds control characters.")
        if markup and _MARKUP.search(value):
            raise SaveFileError(f"The text at {where} holds script or markup, which is refused.")


def changed_parts(data: bytes, file: SaveFile) -> list[str]:
    """What differs between the seals and the parts, named for people; empty if nothing does.

    The bytes themselves are compared with the canonical text, so that a changed space is
    found as well.
    """
    seals = seals_of(file.game, file.scenario, file.seed, file.journal)
    broken = [
        part for part in ("game", "scenario", "seed", "journal") if not _sealed(file, seals, part)
    ]
    kept = {part: file.digests.get(part, "") for part in ("game", "scenario", "seed", "journal")}
    if file.digests.get("file") != digest_of({"format": FORMAT, "version": VERSION, **kept}):
        broken.append("digests")
    if broken:
        return [f'"{part}" was changed after the export' for part in broken]
    text = written(file.game, file.scenario, file.seed, file.journal)
    if data != text:
        at = next(
            (i for i, (a, b) in enumerate(zip(data, text, strict=False)) if a != b), len(text)
        )
        line = data[:at].count(b"\n") + 1
        return [f"the file's spelling was changed at byte {at + 1:,} (line {line:,})"]
    return []


def _sealed(file: SaveFile, seals: Mapping[str, str], part: str) -> bool:
    return file.digests.get(part) == seals[part]
