"""A scenario's own words stay in its language, and say so to a screen reader."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from apps.scenarios.library import load_scenario
from tests.games.cast import SCENARIO, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "marked"), [("en", False), ("ko", True), ("ru", True)])
def test_scenario_texts_are_marked_where_the_interface_is_in_another_language(client, code, marked):
    cast = table()
    client.force_login(cast.anna.person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    page = client.get(reverse("games:room", args=[cast.game.pk])).content.decode()
    title = load_scenario(SCENARIO).document["moves"]["levy_toll"]["title"]
    assert title in page
    assert (f' lang="en">{title}</span>' in page) is marked
