"""Sessions in Django's admin: found, archived and deleted by services, never edited.

The tables follow from the journal, so every field is read only here: a change would not be an
event. What an administrator does goes through the same services as everybody's acts.
"""

from __future__ import annotations

import json
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from apps.accounts.admin import PersonAdmin
from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game, Membership, ResolvedScenario, Seat, Turn
from apps.games.personal import personal_data_of
from apps.games.refusals import Refusal
from apps.games.services.erasing import erase
from wargame.read_only_admin import ReadOnly, is_sure, question


class SeatInline(ReadOnly, admin.TabularInline):
    model = Seat
    fields = ("government", "mode", "doctrine", "ready", "absence")


class TurnInline(ReadOnly, admin.TabularInline):
    model = Turn
    fields = ("number", "status", "opened_at", "due_at", "closed_at", "close_reason")


@admin.register(Game)
class GameAdmin(ReadOnly, admin.ModelAdmin):
    """Every session, with the way to its control room and its replay."""

    list_display = (
        "title",
        "scenario",
        "phase",
        "turn",
        "class_group",
        "join_code",
        "created_by",
        "created_at",
        "rooms",
    )
    list_filter = ("phase", "resolved__scenario", "class_group", "archived_at", "created_at")
    search_fields = ("title", "join_code", "class_group", "created_by__username", "id")
    date_hierarchy = "created_at"
    list_select_related = ("resolved", "created_by")
    inlines = (SeatInline, TurnInline)
    actions = ("archive", "delete_for_good")
    # The seed would tell every draw of a game that is still played.
    exclude = ("seed", "cursors")

    @admin.display(ordering="resolved__title")
    def scenario(self, game: Game) -> str:
        return str(game.resolved)

    @admin.display(description="rooms")
    def rooms(self, game: Game) -> str:
        return format_html(
            '<a href="{}">control room</a>, <a href="{}">replay</a>',
            reverse("facilitation:board", args=[game.pk]),
            reverse("replay:recording", args=[game.pk]),
        )

    @admin.action(description="Archive: they can be replayed, and change no more")
    def archive(self, request: HttpRequest, games: QuerySet[Game]) -> HttpResponse | None:
        """Archive the chosen sessions, each by its own event."""
        if not is_sure(request):
            words = "They are closed for good: they can be replayed, and nothing changes any more."
            return question(self, request, games, "archive", "Archive these sessions?", words)
        for game in games:
            services.archive_game(by=cast(Person, request.user), game_id=game.pk)
        self.message_user(request, f"{len(games)} session(s) archived.")
        return None

    @admin.action(description="Delete for good, with their journals (archived or finished only)")
    def delete_for_good(self, request: HttpRequest, games: QuerySet[Game]) -> HttpResponse | None:
        """Delete the chosen sessions; a tombstone stays of each."""
        if not is_sure(request):
            words = (
                "Their journals go with them, and the players who took part in nothing else are "
                "erased. A tombstone stays of each. It cannot be undone."
            )
            title = "Delete these sessions for good?"
            return question(self, request, games, "delete_for_good", title, words)
        for game in games:
            try:
                services.delete_game(
                    game_id=game.pk,
                    reason="deleted by an administrator",
                    by=cast(Person, request.user),
                )
            except Refusal as refusal:
                self.message_user(request, f"{game.title}: {refusal.sentence}", messages.ERROR)
            else:
                self.message_user(request, f"{game.title}: deleted.")
        return None


@admin.register(Membership)
class MembershipAdmin(ReadOnly, admin.ModelAdmin):
    """Who takes part in what."""

    list_display = ("person", "game", "role", "government", "joined_at", "last_seen", "removed_at")
    list_filter = ("role", "government", "removed_at")
    search_fields = ("person__display_name", "person__username", "game__title")
    list_select_related = ("person", "game")


@admin.register(ResolvedScenario)
class ResolvedScenarioAdmin(ReadOnly, admin.ModelAdmin):
    """The scenario documents that sessions hold."""

    list_display = ("title", "scenario", "version", "digest")
    list_filter = ("scenario",)
    search_fields = ("title", "digest")


class PersonInSessionsAdmin(PersonAdmin):
    """People with what data protection asks for: what is held, as a file, and erasing it."""

    actions = ("export_data", "erase_for_good")

    @admin.action(description="Export what is held of them (JSON)")
    def export_data(self, request: HttpRequest, people: QuerySet[Person]) -> HttpResponse:
        """One file with what is held of each chosen person."""
        held = [personal_data_of(person) for person in people]
        text = json.dumps(held, indent=2, default=str, ensure_ascii=False)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="people.json"'
        return answer

    @admin.action(description="Erase: names, addresses, sign-ins and links go for good")
    def erase_for_good(self, request: HttpRequest, people: QuerySet[Person]) -> HttpResponse | None:
        """Erase the chosen people; what they did stays under an empty id."""
        if not is_sure(request):
            words = (
                "Names, addresses, sign-ins and personal links are removed for good. What they "
                "did stays in the journals under ids that lead to nobody."
            )
            title = "Erase these people?"
            return question(self, request, people, "erase_for_good", title, words)
        for person in people:
            try:
                erase(person=person)
            except Refusal as refusal:
                self.message_user(request, f"{person}: {refusal.sentence}", messages.ERROR)
            else:
                self.message_user(request, f"{person.pk}: erased.")
        return None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are erased, not deleted: a row that is gone would take memberships with it."""
        return False


admin.site.unregister(Person)
admin.site.register(Person, PersonInSessionsAdmin)
