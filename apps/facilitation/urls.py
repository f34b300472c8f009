"""Addresses of the control room."""

from __future__ import annotations

from django.urls import path

from apps.facilitation import views
from apps.facilitation.pages import classes, news, people, programs, record, review

app_name = "facilitation"
urlpatterns = [
    path("control/", views.sessions, name="list"),
    path("control/new/", views.new, name="new"),
    path("control/<uuid:game_id>/", views.board, name="board"),
    path("control/<uuid:game_id>/fragment/", views.fragment, name="fragment"),
    path("control/<uuid:game_id>/project/", views.project, name="project"),
    path("control/<uuid:game_id>/joined/", views.joined, name="joined"),
    path("control/<uuid:game_id>/start/", views.start, name="start"),
    path("control/<uuid:game_id>/pause/", views.pause, name="pause"),
    path("control/<uuid:game_id>/resume/", views.resume, name="resume"),
    path("control/<uuid:game_id>/extend/", views.extend, name="extend"),
    path("control/<uuid:game_id>/next-phase/", views.next_phase, name="next_phase"),
    path("control/<uuid:game_id>/close/", views.close, name="close"),
    path("control/together/", classes.together, name="together"),
    path("control/<uuid:game_id>/people/", people.people, name="people"),
    path("control/<uuid:game_id>/programs/", programs.programs, name="programs"),
    path("control/<uuid:game_id>/roster/", people.roster, name="roster"),
    path(
        "control/<uuid:game_id>/people/<uuid:membership_id>/link/",
        people.new_link,
        name="new_link",
    ),
    path("control/<uuid:game_id>/news/", news.news, name="news"),
    path("control/<uuid:game_id>/review/", review.review, name="review"),
    path("control/<uuid:game_id>/review/as/<str:viewer>/", review.preview, name="preview"),
    path("control/<uuid:game_id>/turns/", record.turns, name="turns"),
    path("control/<uuid:game_id>/record/", record.record, name="record"),
    path("control/<uuid:game_id>/as/<str:viewer>/", record.view_as, name="view_as"),
    path("control/<uuid:game_id>/duplicate/", classes.duplicate, name="duplicate"),
    path("control/<uuid:game_id>/split/", classes.split, name="split"),
    path("control/<uuid:game_id>/archive/", classes.archive, name="archive"),
    path("control/<uuid:game_id>/rehearse/", classes.rehearse, name="rehearse"),
]
