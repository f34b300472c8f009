"""Addresses of the lab."""

from __future__ import annotations

from django.urls import path

from apps.simulation import views

app_name = "simulation"
urlpatterns = [
    path("lab/", views.lab, name="lab"),
    path("lab/new/", views.new, name="new"),
    path("lab/<uuid:study_id>/", views.study, name="study"),
    path("lab/<uuid:study_id>/progress/", views.progress, name="progress"),
    path("lab/<uuid:study_id>/cancel/", views.cancel, name="cancel"),
    path("lab/<uuid:study_id>/resume/", views.resume, name="resume"),
    path("lab/<uuid:study_id>/delete/", views.delete, name="delete"),
    path("lab/<uuid:study_id>/games.csv", views.games, name="games"),
]
