"""Every address against every role, and the matrix of roles and permissions in the docs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from apps.accounts.permissions import GRANTS, Permission, Role
from apps.live.codes import Close
from apps.live.room import RefusedError, admit_now
from tests.permissions.doors import BY_SECRET, BY_TOKEN, DOORS, LETTERS, OF_THEIR_MAKER
from tests.permissions.walking import addresses, walk

DOC = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_every_address_is_decided_and_none_that_is_gone():
    known = {name for name, _method in DOORS} | BY_SECRET | OF_THEIR_MAKER
    found = {name for name, _arguments in addresses() if not name.startswith(BY_TOKEN)}
    assert found == known


@pytest.mark.django_db
def test_every_role_gets_through_its_doors_and_no_other():
    session = walk()
    arguments = dict(addresses())
    wrong = []
    for (name, method), letters in DOORS.items():
        given = {one: session.arguments[one] for one in arguments[name]}
        expected = {LETTERS[letter] for letter in letters}
        passed = {role for role in session.cookies if session.passes(role, name, method, given)}
        if passed != expected:
            wrong.append(f"{method} {name}: {sorted(passed)} get through, not {sorted(expected)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_socket_shows_each_role_its_own_audience_and_the_rest_nothing():
    session = walk()
    game_id, expected = (
        session.played.game.pk,
        {
            "anonymous": Close.SIGN_IN,
            "stranger": Close.NOT_A_MEMBER,
            "player": "seat:COR",
            "observer": "public",
            "assessor": "facilitator",
            "co_facilitator": "facilitator",
            "facilitator": "facilitator",
            "instructor": "facilitator",
            "site_admin": "facilitator",
        },
    )
    found: dict[str, object] = {}
    for role, cookie in session.cookies.items():
        header = f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()
        scope = {"type": "websocket", "headers": [(b"cookie", header)] if cookie else []}
        try:
            found[role] = admit_now(game_id, scope).audience
        except RefusedError as refused:
            found[role] = refused.code
    assert found == expected


def test_the_matrix_in_the_docs_is_the_one_in_the_code():
    lines = [line for line in DOC.read_text().splitlines() if line.startswith("|")]
    head = [cell.strip() for cell in lines[0].strip("|").split("|")][1:]
    roles = [Role(name.lower().replace("-", "_").replace(" ", "_")) for name in head]
    assert set(roles) == set(Role)
    told: dict[Role, set[Permission]] = {role: set() for role in roles}
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        permission = Permission(cells[0].strip("`"))
        for role, cell in zip(roles, cells[1:], strict=True):
            assert cell in ("yes", "")
            if cell:
                told[role].add(permission)
    assert {role: frozenset(given) for role, given in told.items()} == GRANTS


def test_a_player_never_has_what_a_facilitator_has_over_others():
    over_others = {
        Permission.SEE_EVERYTHING,
        Permission.RUN_CLOCK,
        Permission.CLOSE_TURN,
        Permission.REVIEW,
        Permission.INJECT,
        Permission.MANAGE_PEOPLE,
        Permission.REOPEN,
    }
    assert not over_others & GRANTS[Role.PLAYER]
    assert not {Permission.PLAY, Permission.TALK} & GRANTS[Role.FACILITATOR]
