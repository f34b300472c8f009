"""`manage.py load_history`: put the historical path of every scenario into the gallery."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.replay.history import history_files, load_history
from apps.scenarios.library import scenario_ids
from apps.scenarios.problem import ScenarioError


class Command(BaseCommand):
    """Adjudicates the history files that come with the scenarios, and keeps them as saved games."""

    help = (
        "Put the historical path of every scenario of the library into the gallery, for everybody "
        "who signs in. Run it as often as you like: what is there already is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One scenario, or all of them."""
        parser.add_argument("scenario", nargs="?", help="a scenario of the library; all without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each file; say what cannot be played, and go on with the others."""
        wrong = 0
        for scenario in [options["scenario"]] if options["scenario"] else scenario_ids():
            try:
                for path in history_files(scenario):
                    saved, made = load_history(path)
                    self.stdout.write(f"{saved.pk}  {'loaded' if made else 'kept'}  {saved.title}")
            except ScenarioError as error:
                wrong += 1
                self.stderr.write(f"{scenario}: {error}")
        if wrong:
            raise CommandError(f"The history of {wrong} scenario(s) could not be loaded.")
