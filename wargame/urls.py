"""Every address of the product: each app includes its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from wargame.health import healthz, readyz
from wargame.observation.operations import operations
from wargame.observation.requests import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    # One way in, with one limit on attempts: the admin's own form has none.
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("operations/", operations, name="operations"),
    path("language/", set_language, name="set_language"),
    path("", include("apps.accounts.urls")),
]
urlpatterns += [
    path("", include(f"apps.{app}.urls"))
    for app in ("games", "scenarios", "facilitation", "replay", "simulation", "api")
    if find_spec(f"apps.{app}.urls")
]
