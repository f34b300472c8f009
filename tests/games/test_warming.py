"""A process that was warmed has its rules compiled, once for all who ask at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import pytest
from django.db import OperationalError

from apps.games import rulesets, warming
from apps.games.fragments import fragments_for
from tests.games.cast import table


@pytest.fixture
def cold():
    rulesets._compiled.cache_clear()
    yield
    rulesets._compiled.cache_clear()


@pytest.mark.django_db
def test_warming_compiles_the_rules_of_running_games(cold, django_assert_num_queries):
    played = table()
    rulesets._compiled.cache_clear()
    with mock.patch.object(warming.connections, "close_all"):  # the test's own connection
        assert warming.warm() == 1
    with mock.patch.object(rulesets, "compile_ruleset") as compiling:
        fragments_for(played.again(), "seat:COR")
    compiling.assert_not_called()


@pytest.mark.django_db
def test_a_worker_compiles_the_stages_too(cold):
    played = table()
    rulesets._compiled.cache_clear()
    with mock.patch.object(warming.connections, "close_all"):
        assert warming.warm(adjudicates=True) == 1
    with mock.patch("apps.engine.compiling.stages.recorded_stage") as compiling:
        assert played.close()
    compiling.assert_not_called()


def test_what_stands_after_warming_is_spared_the_collector():
    with (
        mock.patch.object(warming, "warm") as warm,
        mock.patch.object(warming.gc, "freeze") as freeze,
    ):
        warming.begin(adjudicates=True).join()
    warm.assert_called_once_with(adjudicates=True)
    freeze.assert_called_once_with()


@pytest.mark.django_db
def test_threads_that_ask_at_once_wait_for_one_compilation(cold):
    game = table().again()
    rulesets.document_for(game)  # the threads below have no database
    rulesets._compiled.cache_clear()
    with (
        mock.patch.object(rulesets, "compile_ruleset", wraps=rulesets.compile_ruleset) as compiling,
        ThreadPoolExecutor(6) as threads,
    ):
        found = list(threads.map(rulesets.ruleset_for, [game] * 6))
    assert compiling.call_count == 1
    assert all(ruleset is found[0] for ruleset in found)


def test_a_database_that_is_away_is_no_error_of_warming():
    with (
        mock.patch.object(warming.Game.objects, "filter", side_effect=OperationalError),
        mock.patch.object(warming.connections, "close_all"),
    ):
        assert warming.warm() == 0
