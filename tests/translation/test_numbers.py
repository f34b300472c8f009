"""Numbers and dates in Russian: a comma in an SVG path would leave a hole in the picture."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from apps.replay.calendar_words import day_words
from apps.simulation import enqueue
from tests.games.cast import draft, table
from tests.replay.conftest import facilitator, played  # noqa: F401 - fixtures
from tests.simulation.test_lab_pages import VELD, a_study, play_all

pytestmark = pytest.mark.django_db
ELEMENT = re.compile(r"<(path|polyline|polygon|rect|circle|line|text|svg|progress|meter)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
SINGLE = {
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "max",
    "value", "stroke-width", "values", "low", "high", "viewBox",
}  # fmt: skip
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?"
NUMBERS = re.compile(rf"\s*{NUMBER}(?:\s+{NUMBER})*\s*")
PAIRS = re.compile(rf"\s*{NUMBER},{NUMBER}(?:\s+{NUMBER},{NUMBER})*\s*")
PATH = re.compile(rf"(?:\s*[MmLlHhVvCcSsQqTtAaZz](?:\s*{NUMBER})*)+\s*")
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def drawn(page: str) -> list[tuple[str, str, str]]:
    """Every number-bearing attribute of a drawing: element, attribute, value."""
    found = []
    for element, attributes in ELEMENT.findall(page):
        for name, value in ATTRIBUTE.findall(attributes):
            if name in SINGLE | {"points", "d"}:
                found.append((element, name, value))
    return found


def is_drawable(name: str, value: str) -> bool:
    if name == "points":
        return value == "" or PAIRS.fullmatch(value) is not None
    if name == "d":
        return PATH.fullmatch(value) is not None and all(
            len(re.findall(NUMBER, numbers)) % max(ARITY[letter.upper()], 1) == 0
            for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", value)
        )
    return value == "" or NUMBERS.fullmatch(value) is not None


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("points", "0,1.5 2,3", True),
        ("points", "0,1,5 2,3", False),
        ("d", "M0 1.5Q2 3 4 5", True),
        ("d", "M0 1,5 2", False),
        ("x", "1.5", True),
        ("x", "1,5", False),
    ],
)
def test_the_check_itself_knows_a_comma(name, value, good):
    assert is_drawable(name, value) is good


def all_drawable(page: str, least: int) -> None:
    found = drawn(page)
    assert len(found) >= least, "nothing is drawn: the test looks at the wrong page"
    assert [one for one in found if not is_drawable(*one[1:])] == []


def in_russian(client, person) -> None:
    client.force_login(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"


def test_the_rooms_map_and_charts_are_drawn(client):
    cast = table()
    draft(cast.anna, "levy_toll")
    cast.close()
    cast.close()
    in_russian(client, cast.anna.person)
    page = client.get(reverse("games:room", args=[cast.game.pk])).content.decode()
    assert '<html lang="ru">' in page
    all_drawable(page, 40)
    charts = re.findall(r'<trend-chart values="([^"]*)" low="([^"]*)" high="([^"]*)"', page)
    assert charts
    assert all(NUMBERS.fullmatch(value) for chart in charts for value in chart)


def test_the_replays_pictures_are_drawn(client, played):  # noqa: F811
    in_russian(client, played.facilitator)
    for name in ("recording", "overview", "fog"):
        path = reverse(f"replay:{name}", args=[played.game.pk])
        page = client.get(path, {"turn": 2}).content.decode()
        assert '<html lang="ru">' in page
        if name == "recording":
            all_drawable(page, 30)
        else:
            assert [one for one in drawn(page) if not is_drawable(*one[1:])] == []


def test_the_galleries_paths_are_drawn(client, played):  # noqa: F811
    in_russian(client, played.facilitator)
    client.get(reverse("replay:recording", args=[played.game.pk]))  # draws its chapters
    all_drawable(client.get(reverse("replay:gallery")).content.decode(), 3)


@pytest.mark.parametrize("kind", ["games", "tornado"])
def test_the_labs_charts_are_drawn(client, facilitator, monkeypatch, kind):  # noqa: F811
    monkeypatch.setattr(enqueue, "send", lambda ids: None)
    study = a_study(
        facilitator, kind=kind, games=4, other=VELD, outcome="track:tension", knobs=("start",)
    )
    play_all(study)
    in_russian(client, facilitator)
    all_drawable(client.get(reverse("simulation:study", args=[study.pk])).content.decode(), 10)


@pytest.mark.parametrize(
    ("code", "written"),
    [("en", "12 September 2016"), ("ko", "2016년 9월 12일"), ("ru", "12 сентября 2016")],
)
def test_dates_are_written_as_each_language_writes_them(code, written):
    with override(code):
        assert day_words("2016-09-12") == written
        assert date_format(date(2016, 9, 12), "DATE_FORMAT") == written


def test_russian_counts_have_three_forms():
    from django.utils.translation import ngettext

    with override("ru"):
        words = [ngettext("%d turn", "%d turns", n) % n for n in (1, 2, 5, 11, 21, 104)]
    assert words == ["1 ход", "2 хода", "5 ходов", "11 ходов", "21 ход", "104 хода"]
