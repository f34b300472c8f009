"""The opening of a game: starts within their ranges, members enough for a vote, aims that sum."""

from __future__ import annotations

from collections.abc import Iterator

from apps.scenarios.checking.concern import Concern
from apps.scenarios.problem import Path, Problem
from apps.scenarios.schema.track import Track


def problems_of_opening(concern: Concern) -> Iterator[Problem]:
    """What is wrong before the first turn."""
    for track_id, track in concern.document.tracks.items():
        yield from _start(concern, track_id, track)
    yield from _capital(concern)
    yield from _bodies(concern)
    yield from _aims(concern)


def _start(concern: Concern, track_id: str, track: Track) -> Iterator[Problem]:
    path: Path = ("tracks", track_id, "start")
    starts: dict[Path, float]
    if not isinstance(track.start, dict):
        starts = {path: track.start}
    elif track.scope == "global":
        yield concern.error("start", path, f"{track_id} is global: its start is one number")
        return
    else:
        starts = {(*path, key): value for key, value in track.start.items()}
        yield from _start_keys(concern, track_id, track)
    low, high = track.range
    for where, value in starts.items():
        if not low <= value <= high:
            yield concern.error(
                "start", where, f"{track_id} starts at {value:g}, outside {low:g} to {high:g}"
            )


def _start_keys(concern: Concern, track_id: str, track: Track) -> Iterator[Problem]:
    assert isinstance(track.start, dict)
    path = ("tracks", track_id, "start")
    seen: dict[frozenset[str], str] = {}
    wanted = 2 if track.scope == "pair" else 1
    for key in track.start:
        if key == "default":
            continue
        sides = frozenset(key.split("-"))
        if len(sides) != wanted or len(key.split("-")) != wanted:
            example = "US-JPN" if wanted == 2 else "US"
            yield concern.error("start", (*path, key), f"{key} must name {wanted}: {example}")
        elif seen.setdefault(sides, key) != key:
            yield concern.error(
                "start", (*path, key), f"{key} is the same pair as {seen[sides]}: delete one"
            )
    if "default" not in track.start:
        missing = [g for g in concern.document.governments if g not in track.start]
        if wanted == 2 or missing:
            yield concern.error("start", path, f"the start of {track_id} needs a default")


def _capital(concern: Concern) -> Iterator[Problem]:
    track_id = concern.document.scenario.capital.track
    track = concern.document.tracks[track_id]
    if track.scope != "government":
        yield concern.error(
            "capital",
            ("scenario", "capital", "track"),
            f"orders are paid from {track_id}, so it needs scope: government",
        )
    if track_id not in concern.usage.changed:
        yield concern.error(
            "capital",
            ("tracks", track_id),
            f"nothing refills {track_id}, so teams run dry",
            f'add a rule with each: government and {{change: "{track_id}[actor]", by: 3}}',
        )


def _bodies(concern: Concern) -> Iterator[Problem]:
    document = concern.document
    if document.bodies and document.scenario.council_stage is None:
        yield concern.error(
            "council-stage", ("scenario",), "there are bodies, so council_stage says when they vote"
        )
    start = document.scenario.calendar.start
    for body_id, body in document.bodies.items():
        seated = [
            member
            for member in body.members.values()
            if (member.from_ or "") <= start <= (member.until or "9999")
        ]
        if len(seated) < body.adoption.affirmative:
            yield concern.error(
                "no-majority",
                ("bodies", body_id, "adoption"),
                f"{body_id} needs {body.adoption.affirmative} votes and has {len(seated)} members "
                f"on {start}",
            )
        voting = {member.government for member in body.members.values()}
        for index, guest in enumerate(body.guests):
            if guest in voting:
                path = ("bodies", body_id, "guests", index)
                yield concern.error("guest", path, f"{guest} has a vote, so it is no guest")


def _aims(concern: Concern) -> Iterator[Problem]:
    document = concern.document
    for government in document.governments:
        objectives = document.objectives.get(government)
        if not objectives:
            yield concern.warning(
                "no-objective", ("governments", government), f"{government} has no objectives"
            )
            continue
        total = sum(objective.weight for objective in objectives.values())
        if abs(total - 100) > 1e-9:
            yield concern.warning(
                "weights", ("objectives", government), f"the weights sum to {total:g}, not to 100"
            )
        for name, objective in objectives.items():
            if not 0 <= objective.target <= 1:
                path = ("objectives", government, name, "target")
                yield concern.error("target", path, "a target lies between 0 and 1")
        if government not in document.doctrines:
            yield concern.warning(
                "no-doctrine",
                ("governments", government),
                f"nobody can stand in for {government}: it has no doctrine",
            )
