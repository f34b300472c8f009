"""Addresses of the rule book."""

from __future__ import annotations

from django.urls import path

from apps.scenarios import views

app_name = "scenarios"
urlpatterns = [
    path("rules/", views.library, name="library"),
    path("rules/<slug:scenario>/", views.rulebook, name="rulebook"),
    path("rules/<slug:scenario>/guide/", views.guide, name="guide"),
]
