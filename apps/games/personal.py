"""What is held of a person, for their own reading."""

from __future__ import annotations

from typing import Any

from apps.accounts.models import Person
from apps.games.models import Membership, Message


def personal_data_of(person: Person) -> dict[str, Any]:
    """Everything that is held of a person, as plain values: account, memberships, words."""
    return {
        "account": {
            "id": str(person.pk),
            "username": person.username,
            "display_name": person.display_name,
            "email": person.email,
            "kind": person.kind,
            "joined": person.date_joined,
            "last_sign_in": person.last_login,
        },
        "sessions": [
            {
                "session": str(member.game_id),
                "title": member.game.title,
                "role": member.role,
                "government": member.government,
                "joined": member.joined_at,
                "last_seen": member.last_seen,
                "removed": member.removed_at,
            }
            for member in Membership.objects.filter(person=person).select_related("game")
        ],
        "messages": list(
            Message.objects.filter(author=person.pk).values(
                "game_id", "turn", "thread", "kind", "text", "sent_at"
            )
        ),
    }
