"""rulebook: all moves and rules of a scenario, in words."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.scenarios.loading import load_path
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.naming import path_named
from apps.scenarios.problem import ScenarioError
from apps.scenarios.rulebook import rule_book_for
from apps.scenarios.rulebook.markdown import markdown


class Command(ScenarioCommand):
    """Prints the rule book as Markdown, or as JSON."""

    help = (
        "Print the rule book of a scenario as Markdown: every claim with the rules that encode "
        "it, every move, every rule by stage. The product serves the same at /rules/SCENARIO/."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("scenario", help="an id of the library, or a path")
        parser.add_argument("--claim", metavar="ID", help="only what encodes this claim")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            book = rule_book_for(load_path(path_named(options["scenario"])).parts)
            book = book.about(options["claim"]) if options["claim"] else book
        except ScenarioError as error:
            self.refuse(error, as_json=options["json"])
        if options["json"]:
            self.print_json(book.to_json())
        else:
            self.stdout.write("\n".join(markdown(book)))
