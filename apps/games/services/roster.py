"""A class list becomes players with personal links, without anybody typing a code."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role
from apps.accounts.rejoin import issue_link
from apps.accounts.services import create_player
from apps.games.desk import open_desk
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.joining import CAPACITY
from apps.games.words import NAME, clean_words

MOST_BYTES = 100_000
COLUMNS = ("name", "government", "role")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a roster: a name, and a government and role where they are decided."""

    name: str
    government: str = ""
    role: str = ""
    line: int = field(default=0, compare=False)
    """Where it stands in the list, for whoever mends it."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who was admitted, with the token of their personal link, which is shown once."""

    name: str
    government: str
    membership_id: uuid.UUID
    token: str


def read_roster(text: str) -> list[Row]:
    """The rows of a CSV with a column `name` and, if wanted, `government` and `role`.

    Commas, semicolons and tabs separate. Raises Refusal("bad_roster") naming the line.
    """
    if len(text.encode()) > MOST_BYTES:
        raise Refusal("bad_roster", _("This list is too long for one session."))
    lines = text.lstrip("\ufeff").strip().splitlines()
    if not lines:
        raise Refusal("bad_roster", _("The list is empty. Begin with a line: name,government,role"))
    separator = max(",;\t", key=lines[0].count)
    reader = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=separator)
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if "name" not in names:
        raise Refusal("bad_roster", _("The first line must name a column “name”."))
    reader.fieldnames = names
    rows = []
    for line in reader:
        told = {key: (line.get(key) or "").strip() for key in COLUMNS}
        if any(told.values()):
            rows.append(Row(**told, line=reader.line_num))
    return rows


def admit_roster(
    *, by: Person, game_id: uuid.UUID, rows: Sequence[Row], next_url: str
) -> list[Admitted]:
    """Admit everybody of a roster at once, or nobody: a refusal names every bad line.

    A government is named by its id, its name or its short name.
    `next_url` is where the personal links lead. Names that take part already are refused.
    """
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.MANAGE_PEOPLE)
        standing = desk.game.memberships.filter(removed_at=None).select_related("person")
        taken = {member.person.display_name.casefold() for member in standing}
        players = sum(member.role == Role.PLAYER for member in standing)
        if players + len(rows) > CAPACITY:
            raise Refusal(
                "full",
                _("A session takes %(capacity)s players, and this would be more.")
                % {"capacity": CAPACITY},
            )
        document = document_for(desk.game)
        places = {(m.government, m.seat_role) for m in standing if m.seat_role}
        admitted = []
        for row in _checked_rows(document, rows, taken, places):
            name, role = row.name, row.role
            person = create_player(display_name=name)
            membership_id = uuid.uuid4()
            desk.record(
                "PersonJoined",
                {
                    "membership": str(membership_id),
                    "person": str(person.pk),
                    "role": Role.PLAYER.value,
                },
            )
            if row.government:
                desk.record(
                    "SeatTaken",
                    {
                        "membership": str(membership_id),
                        "government": row.government,
                        "role": role,
                    },
                )
            token = issue_link(person=person, next_url=next_url)
            admitted.append(Admitted(name, row.government, membership_id, token))
        return admitted


def _checked_rows(
    document: dict[str, Any],
    rows: Sequence[Row],
    taken: set[str],
    places: set[tuple[str, str]],
) -> list[Row]:
    """The rows as they will be admitted; one refusal says what is wrong with all of them."""
    ids = {
        word.casefold(): name
        for name, about in document["governments"].items()
        for word in (name, about["name"], about.get("short") or name)
    }
    checked, problems = [], []
    for place, row in enumerate(rows, start=2):
        number = row.line or place
        known = ids.get(row.government.casefold(), row.government)
        row = replace(row, government=known)
        try:
            name = _checked_name(row.name, number, taken)
            role = _checked_role(document, row, number, places)
        except Refusal as refusal:
            problems.append(refusal.sentence)
        else:
            checked.append(replace(row, name=name, role=role))
    if problems:
        raise Refusal("bad_roster", " ".join(problems), lines=problems)
    return checked


def _checked_name(typed: str, number: int, taken: set[str]) -> str:
    try:
        name = clean_words(typed, what=_("a name"), limit=NAME)
    except Refusal as refusal:
        raise Refusal(
            "bad_roster",
            _("Line %(number)s: %(sentence)s") % {"number": number, "sentence": refusal.sentence},
        ) from refusal
    if name.casefold() in taken:
        raise Refusal(
            "bad_roster",
            _("Line %(number)s: %(name)s is in this session or list already.")
            % {"number": number, "name": name},
        )
    taken.add(name.casefold())
    return name


def _checked_role(
    document: dict[str, Any], row: Row, number: int, places: set[tuple[str, str]]
) -> str:
    governments = document["governments"]
    if not row.government:
        return ""
    if row.government not in governments:
        known = ", ".join(governments)
        raise Refusal(
            "bad_roster",
            _("Line %(number)s: there is no government %(government)s (%(known)s).")
            % {"number": number, "government": row.government, "known": known},
        )
    roles = governments[row.government].get("roles") or {}
    if row.role and row.role not in roles:
        raise Refusal(
            "bad_roster",
            _("Line %(number)s: %(government)s has no role %(role)s (%(known)s).")
            % {
                "number": number,
                "government": row.government,
                "role": row.role,
                "known": ", ".join(roles),
            },
        )
    if (row.government, row.role) in places:
        raise Refusal(
            "bad_roster",
            _("Line %(number)s: the role %(role)s is taken.")
            % {"number": number, "role": row.role},
        )
    role = row.role or next((name for name in roles if (row.government, name) not in places), "")
    if role:
        places.add((row.government, role))
    return role
