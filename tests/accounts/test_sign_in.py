"""Signing in and out."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from apps.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    # Attempts are counted by the minute: none of these tests may straddle two.
    with time_machine.travel("2016-09-12T08:00:30Z", tick=False):
        yield


def test_a_facilitator_signs_in_and_comes_back_to_the_page_asked_for(client):
    Person.objects.create_user(username="dana", password="a long passphrase")
    answer = client.post(
        reverse("accounts:sign_in"),
        {"username": "dana", "password": "a long passphrase", "next": "/replay/"},
    )
    assert answer.status_code == 302
    assert answer.url == "/replay/"


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(client):
    answer = client.post(reverse("accounts:sign_in"), {"username": "dana", "password": "no"})
    page = answer.content.decode()
    assert "Please enter a correct username and password" in page
    assert 'value="dana"' in page


def test_attempts_are_limited_by_address(client):
    for _ in range(20):
        client.post(reverse("accounts:sign_in"), {"username": "dana", "password": "no"})
    answer = client.post(reverse("accounts:sign_in"), {"username": "dana", "password": "no"})
    assert answer.status_code == 429
    assert "Too many attempts from here" in answer.content.decode()


def test_signing_out_never_happens_by_a_link(client):
    Person.objects.create_user(username="dana", password="a long passphrase")
    client.login(username="dana", password="a long passphrase")
    assert client.get(reverse("accounts:sign_out")).status_code == 405


def test_attempts_on_one_account_are_limited_from_however_many_addresses(client):
    def attempt(number: int):
        return client.post(
            reverse("accounts:sign_in"),
            {"username": "dana", "password": "no"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )

    assert [attempt(number).status_code for number in range(30)] == [200] * 30
    assert attempt(31).status_code == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_wrote(client, settings):
    settings.BEHIND_PROXY = True

    def attempt(forwarded: str) -> int:
        return client.post(
            reverse("accounts:sign_in"),
            {"username": f"user-{forwarded}", "password": "no"},
            HTTP_X_FORWARDED_FOR=forwarded,
        ).status_code

    # What the client itself sends before it changes nothing.
    assert [attempt(f"198.51.100.{number}, 192.0.2.1") for number in range(21)][-1] == 429
    assert attempt("192.0.2.2") == 200


def test_the_admin_has_no_sign_in_form_of_its_own(client):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=/admin/"


def test_signing_in_changes_the_session_key(client):
    Person.objects.create_user(username="dana", password="a long passphrase")
    client.get(reverse("accounts:sign_in"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    client.post(reverse("accounts:sign_in"), {"username": "dana", "password": "a long passphrase"})
    assert client.session.session_key != planted
    assert not client.session.exists(planted)
