"""Addresses of the front page, of joining, and of the team room."""

from __future__ import annotations

from django.urls import path

from apps.games.views import joining, orders, personal, room, solo, talks

app_name = "games"
G = "games/<uuid:game_id>/"
urlpatterns = [
    path("", joining.front, name="front"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_session, name="join_game"),
    path("solo/", solo.begin, name="solo"),
    path("me/", personal.your_data, name="your_data"),
    path("me/export/", personal.export, name="export_your_data"),
    path(G, room.room, name="room"),
    path(G + "people/", room.people, name="people"),
    path(G + "device/", room.device, name="device"),
    path(G + "give-up/", solo.give_up, name="give_up"),
    path(G + "why/<str:figure>/", room.why, name="why"),
    path(G + "results/<int:turn>/", room.results, name="results"),
    path(G + "results/<int:turn>/parts/<str:figure>/", room.parts, name="parts"),
    path(G + "results/<int:turn>/rules/<str:rule>/", room.cause, name="cause"),
    path(G + "orders/", orders.new_draft, name="new_draft"),
    path(G + "orders/editing/", orders.editing, name="editing"),
    path(G + "orders/ready/", orders.ready, name="ready"),
    path(G + "orders/standing/", orders.standing, name="standing"),
    path(G + "orders/<uuid:draft>/", orders.save_draft, name="save_draft"),
    path(G + "orders/<uuid:draft>/remove/", orders.remove_draft, name="remove_draft"),
    path(G + "votes/", orders.vote, name="vote"),
    path(G + "talks/", talks.new_thread, name="new_thread"),
    path(G + "talks/<str:slug>/", talks.thread, name="thread"),
    path(G + "talks/<str:slug>/read/", talks.read, name="read"),
    path(G + "offers/", talks.make_offer, name="make_offer"),
    path(G + "offers/<uuid:offer>/", talks.answer_offer, name="answer_offer"),
]
