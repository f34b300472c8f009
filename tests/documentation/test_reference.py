"""Every setting, metric, command, address and kind of event is documented."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import prometheus_client
import pytest
from django.core.management import CommandError, call_command

from apps.journal.kinds import KINDS
from wargame.deployment import reference
from wargame.observation import metrics, queues

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
CONTRIBUTING = (ROOT / "docs" / "contributing.md").read_text()
READ = re.compile(r"\bWARGAME_[A-Z_]*[A-Z]\b")
OF_TESTS = re.compile(r"WARGAME_TEST_|WARGAME_CHROMIUM")


def _variables(*folders: str) -> set[str]:
    """Every variable that the source names; X_FILE is X, read from a file."""
    found = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(READ.findall(path.read_text()))
    return {name.removesuffix("_FILE") for name in found}


def _rows(page: str, heading: str) -> set[str]:
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def test_every_setting_is_documented_and_nothing_else():
    assert _rows(OPERATIONS, "Settings") == _variables("wargame", "apps")


def test_every_variable_of_the_tests_is_documented():
    tests_own = {name for name in _variables("tests") if OF_TESTS.match(name)}
    assert {name for name in tests_own if f"`{name}`" not in CONTRIBUTING} == set()


def test_every_metric_is_documented_and_nothing_else():
    declared = {
        family.name + ("_total" if family.type == "counter" else "")
        for value in vars(metrics).values()
        if isinstance(value, prometheus_client.metrics.MetricWrapperBase)
        for family in value.describe()
    } | {family.name for family in queues.QueueCollector().collect()}
    assert _rows(OPERATIONS, "Metrics") == declared


def test_the_dashboard_shows_metrics_that_exist_and_all_of_them():
    dashboard = (ROOT / "deploy" / "grafana" / "korean-knot.json").read_text()
    shown = set(re.findall(r"knot_[a-z_]+[a-z]", dashboard))
    shown = {name.removesuffix("_bucket") for name in shown}
    assert shown == _rows(OPERATIONS, "Metrics")


def test_the_reference_is_current():
    call_command("reference", check=True)


def test_every_event_kind_and_our_commands_are_in_the_reference():
    page = (ROOT / "docs" / "reference.md").read_text()
    for kind in KINDS:
        assert f"| `{kind}` |" in page
    for command in ("backup", "create_demo", "check_scenario", "verify"):
        assert f"### `manage.py {command}`" in page


def test_a_command_without_help_is_named(monkeypatch):
    monkeypatch.setattr(reference, "commands", lambda: [("silent", "", [("--loud", "")])])
    with pytest.raises(CommandError, match="the command silent; --loud of the command silent"):
        call_command("reference", check=True, stdout=StringIO())


def test_links_between_pages_lead_somewhere():
    pages = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_no_page_holds_the_marks_of_a_conflict():
    pages = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]
    marked = [
        page.name for page in pages if re.search(r"^(<{7}|={7}|>{7})( |$)", page.read_text(), re.M)
    ]
    assert marked == []
