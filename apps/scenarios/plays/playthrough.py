"""Golden playthroughs: a game of the scenario, and beside it what every viewer saw.

`playthroughs/NAME.yaml` holds the orders; `playthroughs/NAME.txt` their rendering, which
`manage.py playthrough --write` makes and a test compares. Its diff is what a reviewer reads when a
rule changes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from apps.engine import FACILITATOR
from apps.scenarios.library import load_scenario, scenario_folder
from apps.scenarios.loading import LoadedScenario
from apps.scenarios.plays.game_file import read_game_file
from apps.scenarios.plays.run import FOLDER, play
from apps.scenarios.plays.telling import whole_play


@dataclass(frozen=True, slots=True)
class Playthrough:
    """A golden playthrough of a scenario of the library."""

    scenario: str
    orders: FilePath

    @property
    def name(self) -> str:
        """Its name: the file's."""
        return self.orders.stem

    @property
    def golden(self) -> FilePath:
        """The file that holds its rendering."""
        return self.orders.with_suffix(".txt")

    def rendered(self) -> str:
        """The playthrough as its scenario's rules play it now.

        Raises ScenarioError when the orders or the scenario cannot be read.
        """
        loaded: LoadedScenario = load_scenario(self.scenario)
        game = read_game_file(self.orders)
        seats = [f"seat:{government.id}" for government in loaded.ruleset.governments]
        head = f"{game.title or self.name}\n\n{game.text.strip()}\n\n" if game.text else ""
        turns = play(loaded.ruleset, game)
        return head + whole_play(loaded.ruleset, turns, [*seats, FACILITATOR])

    def difference(self) -> list[str]:
        """The lines in which the rendering differs from the golden file, as a unified diff."""
        kept = self.golden.read_text(encoding="utf-8") if self.golden.exists() else ""
        return list(
            difflib.unified_diff(
                kept.splitlines(),
                self.rendered().splitlines(),
                f"{self.golden.name} (kept)",
                f"{self.golden.name} (as the rules are now)",
                lineterm="",
                n=2,
            )
        )


def playthroughs_of(scenario_id: str) -> Iterator[Playthrough]:
    """The golden playthroughs of a scenario of the library, by name."""
    for path in sorted((scenario_folder(scenario_id) / FOLDER).glob("*.yaml")):
        yield Playthrough(scenario_id, path)
