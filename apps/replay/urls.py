"""Addresses of the replay room."""

from __future__ import annotations

from django.urls import path

from apps.replay.views import (
    asking,
    debriefing,
    exchange,
    keeping,
    notes,
    reading,
    sharing,
    tracing,
)

app_name = "replay"
urlpatterns = [
    path("replay/", reading.gallery, name="gallery"),
    path("replay/import/", exchange.import_page, name="import"),
    path("replay/compare/", debriefing.comparing, name="compare"),
    path("replay/<uuid:stream>/fog/", debriefing.fog, name="fog"),
    path("replay/<uuid:stream>/overview/", debriefing.overview, name="overview"),
    path("replay/<uuid:stream>/open/", debriefing.open_debrief, name="open_debrief"),
    path("replay/<uuid:stream>/pack/", debriefing.pack, name="pack"),
    path("replay/<uuid:stream>/present/", debriefing.present, name="present"),
    path("replay/<uuid:stream>/", reading.recording, name="recording"),
    path("replay/<uuid:stream>/notes/", notes.add_note, name="add_note"),
    path("replay/<uuid:stream>/notes/<int:note>/remove/", notes.remove_note, name="remove_note"),
    path("replay/<uuid:stream>/share/", sharing.share, name="share"),
    path("replay/<uuid:stream>/share/<int:link>/withdraw/", sharing.revoke, name="revoke"),
    path("replay/<uuid:stream>/export/<str:form>/", exchange.export, name="export"),
    path("replay/<uuid:stream>/what-if/", asking.what_if, name="what_if"),
    path("replay/<uuid:stream>/what-if/fields/", asking.move_fields, name="move_fields"),
    path("replay/what-if/<uuid:question>/", asking.runs, name="runs"),
    path("replay/what-if/<uuid:question>/cancel/", asking.cancel_runs, name="cancel_runs"),
    path("replay/<uuid:stream>/delete/", keeping.delete, name="delete"),
    path("replay/<uuid:stream>/play-again/", keeping.play_again, name="play_again"),
    path("replay/<uuid:stream>/why/", tracing.why, name="why"),
    path("replay/<uuid:stream>/steps/", tracing.steps, name="steps"),
    path("shared/<str:token>/steps/", tracing.shared_steps, name="shared_steps"),
    path("shared/<str:token>/why/", tracing.shared_why, name="shared_why"),
    path("shared/<str:token>/", sharing.shared, name="shared"),
]
