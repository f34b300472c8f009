"""The lab's pages: who sees them, what they show, what they refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Person
from apps.scenarios.library import load_scenario
from apps.simulation import enqueue, services
from apps.simulation.models import Batch, Study
from apps.simulation.services import Question

pytestmark = pytest.mark.django_db
VELD = load_scenario("strait_of_veld").document


@pytest.fixture(autouse=True)
def _no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enqueue, "send", lambda ids: None)


@pytest.fixture
def ines() -> Person:
    return Person.objects.create_user("ines", display_name="Ines")


@pytest.fixture
def page(ines: Person) -> Client:
    client = Client()
    client.force_login(ines)
    return client


def a_study(by: Person | None, **changes: Any) -> Study:
    content = {"title": "A question", "scenario": "strait_of_veld", "document": VELD}
    question = Question(**{**content, "games": 20, "seed": "s", **changes})
    return services.create_study(by=by, question=question)


def play_all(study: Study) -> None:
    for batch_id in Batch.objects.filter(arm__study=study).values_list("pk", flat=True):
        services.run_batch(batch_id=batch_id)


def filled(**changes: Any) -> dict[str, Any]:
    seats = {f"seat_{seat}": "by_lot" for seat in VELD["governments"]}
    content = {"scenario": "strait_of_veld", "kind": "games", "games": 30, "seed": "x"}
    return {**content, "outcome": "ending:war", **seats, **changes}


def test_the_lab_without_studies_says_how_to_begin(page: Client) -> None:
    text = page.get(reverse("simulation:lab")).content.decode()
    assert "No studies yet" in text
    assert reverse("simulation:new") in text


def test_a_study_is_asked_by_a_form(page: Client, ines: Person) -> None:
    answer = page.post(reverse("simulation:new"), filled(seat_COR="passive", turns=4))
    study = Study.objects.get()
    assert answer.headers["Location"] == reverse("simulation:study", args=[study.pk])
    assert (study.games, study.turns, study.seats) == (30, 4, {"COR": "passive"})
    assert study.created_by == ines


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"games": 0}, "greater than or equal to 1"),
        ({"games": 10**9}, "less than or equal to 20000"),
        ({"turns": 40}, "From 2 to 12"),
        ({"seat_COR": "pirates"}, "not one of the available choices"),
        ({"kind": "compare"}, "Choose the version to compare with"),
        ({"kind": "tornado", "games": 20}, "Choose at least one kind of number"),
        ({"kind": "tornado", "games": 1000, "knobs": "start"}, "At most 200 here"),
    ],
)
def test_what_cannot_be_played_is_refused_and_kept(
    page: Client, changes: dict[str, Any], words: str
) -> None:
    answer = page.post(reverse("simulation:new"), filled(title="My title", **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert 'value="My title"' in text
    assert not Study.objects.exists()


def upload(document: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("other.json", json.dumps(document).encode())


def test_another_version_is_uploaded_to_compare_with(page: Client) -> None:
    other = json.loads(json.dumps(VELD))
    other["tracks"]["tension"]["start"] = 60
    page.post(reverse("simulation:new"), filled(kind="compare", other=upload(other)))
    study = Study.objects.get()
    assert study.document(1)["tracks"]["tension"]["start"] == 60


def test_a_broken_version_is_refused_with_line_and_column(page: Client) -> None:
    other = json.loads(json.dumps(VELD))
    other["moves"]["levy_toll"]["cots"] = 1
    answer = page.post(reverse("simulation:new"), filled(kind="compare", other=upload(other)))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "compared.yaml:1:" in text
    assert "unknown key cots" in text
    assert "/tmp" not in text


def test_a_running_study_shows_how_far_it_is(page: Client, ines: Person) -> None:
    study = a_study(ines, games=40)
    services.run_batch(batch_id=Batch.objects.first().pk)  # type: ignore[union-attr]
    text = page.get(reverse("simulation:study", args=[study.pk])).content.decode()
    assert "20 of 40 games" in text
    assert "every 2s" in text
    progress = page.get(reverse("simulation:progress", args=[study.pk]))
    assert "HX-Refresh" not in progress.headers


def test_a_finished_study_shows_what_it_found(page: Client, ines: Person) -> None:
    study = a_study(ines)
    play_all(study)
    text = page.get(reverse("simulation:study", args=[study.pk])).content.decode()
    for words in ("Another spring", "Kingdom of Corvania", "Tension in the strait", "never fired"):
        assert words in text
    assert page.get(reverse("simulation:progress", args=[study.pk])).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("kind", ["compare", "tornado"])
def test_other_questions_have_their_own_answers(page: Client, ines: Person, kind: str) -> None:
    study = a_study(ines, kind=kind, games=4, other=VELD, outcome="track:tension", knobs=("start",))
    play_all(study)
    text = page.get(reverse("simulation:study", args=[study.pk])).content.decode()
    table = page.get(reverse("simulation:games", args=[study.pk]))
    rows = b"".join(table.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(rows) == 1 + 4 * study.arms.count()
    assert ("Differences" if kind == "compare" else "Which numbers matter") in text


def test_the_games_are_a_file(page: Client, ines: Person) -> None:
    study = a_study(ines)
    empty = page.get(reverse("simulation:games", args=[study.pk]))
    assert b"".join(empty.streaming_content) == b"arm,number\r\n"  # type: ignore[attr-defined]
    play_all(study)
    answer = page.get(reverse("simulation:games", args=[study.pk]))
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 21


def test_cancel_resume_and_delete(page: Client, ines: Person) -> None:
    study = a_study(ines)
    page.post(reverse("simulation:cancel", args=[study.pk]))
    study.refresh_from_db()
    assert study.status == "cancelled"
    page.post(reverse("simulation:resume", args=[study.pk]))
    study.refresh_from_db()
    assert study.status == "running"
    page.post(reverse("simulation:delete", args=[study.pk]))
    assert not Study.objects.exists()


def test_a_study_of_somebody_else_is_not_found(page: Client) -> None:
    other = Person.objects.create_user("otto")
    study = a_study(other)
    assert "A question" not in page.get(reverse("simulation:lab")).content.decode()
    for name in ("study", "progress", "games"):
        assert page.get(reverse(f"simulation:{name}", args=[study.pk])).status_code == 404
    for name in ("cancel", "resume", "delete"):
        assert page.post(reverse(f"simulation:{name}", args=[study.pk])).status_code == 404
    assert Study.objects.get().status == "running"


def test_an_instructor_sees_every_study(page: Client, ines: Person) -> None:
    a_study(Person.objects.create_user("otto"))
    ines.kind = "instructor"
    ines.save()
    assert "A question" in page.get(reverse("simulation:lab")).content.decode()


def test_players_and_strangers_have_no_lab(client: Client) -> None:
    assert client.get(reverse("simulation:lab")).status_code == 302
    client.force_login(Person.objects.create_user("paul", kind="player"))
    for name in ("lab", "new"):
        assert client.get(reverse(f"simulation:{name}")).status_code == 403
    assert client.post(reverse("simulation:new"), filled()).status_code == 403
    assert not Study.objects.exists()
