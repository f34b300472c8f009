"""The rule book's pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.scenarios import views
from apps.scenarios.library import load_scenario, scenario_ids
from apps.scenarios.problem import Problem, ScenarioError

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *words: str) -> str:
    answer = client.get(reverse(f"scenarios:{name}", args=words))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_library_lists_every_scenario(client: Client) -> None:
    text = page(client, "library")
    assert "The Strait of Veld" in text
    for scenario_id in scenario_ids():
        assert f"/rules/{scenario_id}/" in text or "does not load" in text


def test_the_rule_book_holds_every_move_rule_and_claim(client: Client) -> None:
    text = page(client, "rulebook", "strait_of_veld")
    parts = load_scenario("strait_of_veld").parts
    for section, prefix in (("moves", "move"), ("rules", "rule"), ("claims", "claim")):
        for item_id in getattr(parts, section):
            assert f'id="{prefix}-{item_id}"' in text
    assert "¶6" in text


@pytest.mark.parametrize("name", ["rulebook", "guide"])
def test_links_within_the_book_lead_somewhere(client: Client, name: str) -> None:
    text = page(client, name, "strait_of_veld")
    book = page(client, "rulebook", "strait_of_veld")
    targets = set(re.findall(r'href="(?:/rules/strait_of_veld/)?#([^"]+)"', text))
    ids = set(re.findall(r'id="([^"]+)"', book))
    assert targets
    assert targets - ids == set()


@pytest.mark.parametrize("name", ["rulebook", "guide"])
def test_players_read_no_brief_objective_or_inject(client: Client, name: str) -> None:
    text = page(client, name, "strait_of_veld")
    for secret in ("A spring storm", "treasury is empty", "A full purse", "The purse first"):
        assert secret not in text


@pytest.mark.parametrize("name", ["rulebook", "guide"])
@pytest.mark.parametrize("scenario", ["nowhere", "strait-of-veld"])
def test_a_scenario_that_is_not_there_is_not_found(
    client: Client, name: str, scenario: str
) -> None:
    assert client.get(reverse(f"scenarios:{name}", args=[scenario])).status_code == 404


def test_pages_are_only_read(client: Client) -> None:
    assert client.post(reverse("scenarios:library")).status_code == 405


def test_a_scenario_that_does_not_load_is_said_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(scenario_id: str) -> None:
        raise ScenarioError([Problem("rules", "broken")])

    monkeypatch.setattr(views, "load_scenario", refuse)
    views._book.cache_clear()
    answer = client.get(reverse("scenarios:rulebook", args=["strait_of_veld"]))
    assert answer.status_code == 503
    assert "check_scenario strait_of_veld" in answer.content.decode()
