"""Creating a session."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role, site_allows
from apps.engine.doctrine import BUILT_IN
from apps.games.desk import Desk, desk_of_new_game
from apps.games.models import Game, ResolvedScenario, Seat
from apps.games.refusals import Refusal
from apps.games.services.phases import checked_timetable
from apps.games.words import TITLE, clean_words
from apps.journal.store import GENESIS

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters of join codes: none that people mix up (0 and O, 1, I and L)."""
CODE_LENGTH = 6


@transaction.atomic
def create_game(
    *,
    by: Person,
    scenario: Mapping[str, Any],
    title: str = "",
    turns: int | None = None,
    seconds_per_turn: int | None = None,
    timetable: Mapping[str, int | None] | None = None,
    grace_seconds: int = 0,
    review: bool = False,
    seats: Mapping[str, Mapping[str, str]] | None = None,
    class_group: str = "",
    seed: str | None = None,
    rehearsal: bool = False,
    heads_submit: bool = False,
) -> Game:
    """Create a session of a resolved scenario document; `by` becomes its facilitator.

    `seats` gives a government's {"mode": "people" | "doctrine" | "nobody", "doctrine": id}; a
    seat that is not named is for people. `seconds_per_turn` is how long delegations have for their
    orders, 30 s to 7 days, or None for no clock; `timetable` the same for the phases that come
    before ("reading", "talks"), if there are to be any. With `heads_submit` the head of a
    delegation alone submits its orders. Raises Refusal with the field that is
    wrong.
    """
    if not site_allows(by, Permission.CREATE_GAME):
        raise Refusal("not_allowed", _("Sign in as a facilitator to create a session."))
    before = checked_timetable(seconds_per_turn, timetable or {})
    if not 0 <= grace_seconds <= 3600:
        raise Refusal("bad_clock", _("The grace after the clock is 0 to 3600 seconds."))
    desk = desk_with_new_game(
        scenario=scenario,
        title=title,
        turns=turns,
        seats=seats or {},
        by=by,
        seed=seed,
        timetable=before,
        heads_submit=heads_submit,
        seconds_per_turn=seconds_per_turn,
        grace_seconds=grace_seconds,
        review=review,
        rehearsal=rehearsal,
        class_group=clean_words(class_group, what=_("a class"), limit=60, required=False),
    )
    desk.record(
        "PersonJoined",
        {"membership": str(uuid.uuid4()), "person": str(by.pk), "role": Role.FACILITATOR.value},
        audience="facilitator",
    )
    desk.commit()
    return desk.game


def desk_with_new_game(
    *,
    scenario: Mapping[str, Any],
    title: str,
    turns: int | None,
    seats: Mapping[str, Mapping[str, str]],
    by: Person,
    seed: str | None = None,
    timetable: Mapping[str, int | None] | None = None,
    heads_submit: bool = False,
    **about: Any,
) -> Desk:
    """The desk of a new game on which GameCreated is recorded; the caller commits it.

    `timetable` is checked already; `about` are further columns of the game. The journal tells of a
    timetable, of heads that submit, and that a game is `solo`, only where it is so: journals that
    were written before there was such a thing stay as they are.
    """
    length = checked_turns(scenario, turns)
    resolved = keep_scenario(scenario)
    game = Game(
        title=clean_words(title or resolved.title, what=_("a title"), limit=TITLE),
        resolved=resolved,
        seed=seed or secrets.token_hex(16),
        join_code=new_join_code(),
        turns=length,
        created_by=by,
        created_at=timezone.now(),
        head_digest=GENESIS,
        **about,
    )
    game.save(force_insert=True)
    desk = desk_of_new_game(game, actor=by)
    told = {
        "scenario": resolved.scenario,
        "version": resolved.version,
        "document": resolved.digest,
        "seed": game.seed,
        "turns": length,
        "seconds_per_turn": game.seconds_per_turn,
        "review": game.review,
        **({"timetable": timetable} if timetable else {}),
        **({"solo": True} if game.solo else {}),
        **({"heads_submit": True} if heads_submit else {}),
        "seats": checked_seats(scenario, seats),
    }
    desk.record("GameCreated", told, "facilitator")
    return desk


def keep_scenario(document: Mapping[str, Any]) -> ResolvedScenario:
    """Store a resolved document once, by the digest of its canonical text."""
    canonical = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    about = document["scenario"]
    kept, _made = ResolvedScenario.objects.get_or_create(
        digest=hashlib.sha256(canonical).hexdigest(),
        defaults={
            "scenario": about["id"],
            "title": about["title"],
            "version": str(about["version"]),
            # Not sorted: the order of governments and moves is what people see.
            "content": orjson.dumps(document).decode(),
        },
    )
    return kept


def new_join_code() -> str:
    """A join code that no game has; about a billion are possible."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))
        if not Game.objects.filter(join_code=code).exists():
            return code


def checked_seats(
    document: Mapping[str, Any], wanted: Mapping[str, Mapping[str, str]]
) -> list[dict[str, str]]:
    """A seat for each government of the scenario, in its order; a refusal names what is wrong."""
    governments = document["governments"]
    for name in wanted:
        if name not in governments:
            raise Refusal(
                "no_such_government", _("The scenario has no government %(name)s.") % {"name": name}
            )
    return [
        {"government": name, **checked_lead(document, name, **wanted.get(name, {}))}
        for name in governments
    ]


def checked_lead(
    document: Mapping[str, Any], government: str, mode: str = "people", doctrine: str = ""
) -> dict[str, str]:
    """Who leads a seat, as {"mode", "doctrine"}; its first doctrine where none is named."""
    if mode not in Seat.Mode.values:
        raise Refusal(
            "no_such_mode",
            _("A seat is led by people, doctrine or nobody, not %(mode)s.") % {"mode": mode},
        )
    known = list(document.get("doctrines", {}).get(government, {}))
    if doctrine and doctrine not in (*known, *BUILT_IN):
        raise Refusal(
            "no_such_doctrine",
            _("%(government)s has no doctrine %(doctrine)s.")
            % {"government": government, "doctrine": doctrine},
        )
    if mode == Seat.Mode.DOCTRINE and not known and not doctrine:
        raise Refusal(
            "no_doctrine",
            _("The scenario has no doctrine for %(government)s: give the seat to people or nobody.")
            % {"government": government},
        )
    return {"mode": mode, "doctrine": doctrine or (known[0] if known else "")}


def checked_turns(document: Mapping[str, Any], turns: int | None) -> int:
    """The length asked for, or the scenario's; a refusal outside its limits."""
    limits = document["scenario"]["turns"]
    length = int(turns or limits["default"])
    least, most = int(limits.get("min", 1)), int(limits.get("max", 40))
    if not least <= length <= most:
        raise Refusal(
            "bad_length",
            _("This scenario runs for %(least)s to %(most)s turns.")
            % {"least": least, "most": most},
        )
    return length
