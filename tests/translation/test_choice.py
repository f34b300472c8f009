"""The language of a page: chosen by the person, else the browser's, else English."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.games.cast import table

pytestmark = pytest.mark.django_db
CODES = [code for code, _ in settings.LANGUAGES]


def choose(client: Client, code: str, at: str = "/") -> str:
    answer = client.post(reverse("set_language"), {"language": code, "next": at})
    assert answer.status_code == 302
    assert answer.headers["Location"] == at
    return client.get(at).content.decode()


@pytest.mark.parametrize("code", CODES)
def test_anybody_chooses_a_language_on_any_page_and_it_stays(client, code):
    page = client.get("/").content.decode()
    for one, name in settings.LANGUAGES:
        assert f'name="language" value="{one}" lang="{one}"' in page
        assert name in page
    assert f'<html lang="{code}">' in choose(client, code)
    assert f'<html lang="{code}">' in client.get("/rules/").content.decode()
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["max-age"] > 30 * 86_400
    assert cookie["samesite"] == "Lax"


def test_the_choice_needs_a_token_of_our_own_page():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("set_language"), {"language": "ru", "next": "/"})
    assert answer.status_code == 403
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/x"])
def test_the_choice_leads_to_no_other_site(client, elsewhere):
    answer = client.post(reverse("set_language"), {"language": "ko", "next": elsewhere})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("header", "code"),
    [("ko-KR,ko;q=0.9,en;q=0.5", "ko"), ("ru", "ru"), ("de-DE,de;q=0.9", "en"), ("", "en")],
)
def test_without_a_choice_the_browsers_languages_decide(client, header, code):
    page = client.get("/", headers={"accept-language": header}).content.decode()
    assert f'<html lang="{code}">' in page


def test_a_choice_goes_before_the_browsers_languages(client):
    choose(client, "ko")
    page = client.get("/", headers={"accept-language": "ru"}).content.decode()
    assert '<html lang="ko">' in page


@pytest.mark.parametrize("path", ["/", "/rules/", "/rules/strait_of_veld/", "/replays/", "/join/"])
def test_no_cache_between_serves_one_language_to_readers_of_another(client, path):
    answer = client.get(path)
    varies = {name.strip().lower() for name in answer.headers["Vary"].split(",")}
    assert {"cookie", "accept-language"} <= varies
    assert answer.headers["Content-Language"] == "en"


def test_the_room_has_the_choice_and_comes_back_to_itself(client):
    cast = table()
    client.force_login(cast.anna.person)
    path = reverse("games:room", args=[cast.game.pk])
    page = choose(client, "ko", path)
    assert '<html lang="ko">' in page
    assert f'name="next" value="{path}"' in page
