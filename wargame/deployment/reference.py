"""docs/reference.md, written from the code: commands, addresses and kinds of events.

What the page says of a command is its `help`, of an address the first sentence of its view's
docstring, of an event its sentence. Whatever has none is an error, so that nothing goes
undocumented.
"""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from apps.journal.kinds import ENGINE, LIFECYCLE

OURS = ("apps.", "wargame.")
ELSEWHERE = {"admin": "Django's own", "api": "docs/api.md"}
"""Namespaces that are described in another place."""
HEAD = """\
# Reference

Written from the code by `manage.py reference`; a test holds that it is current. Settings and
metrics are in [operations.md](operations.md), the HTTP API for programs is in [api.md](api.md).
"""


class UndocumentedError(Exception):
    """Something of the product has no description; the message names all of it."""


def first_sentence(text: str | None) -> str:
    """The first sentence of a docstring, on one line."""
    paragraph = inspect.cleandoc(text or "").split("\n\n")[0]
    line = " ".join(paragraph.split())
    return re.split(r"(?<=[.!?]) (?=[A-Z])", line)[0]


def commands() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each command of ours: its name, what it does, its arguments with their help."""
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.startswith(OURS):
            command = load_command_class(app, name)
            parser = command.create_parser("manage.py", name)
            yield name, " ".join(command.help.split()), list(_arguments(parser))


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    inherited = {action.dest for action in _bare_parser()._actions}
    for action in parser._actions:
        if action.dest in inherited or action.dest == "help":
            continue
        if isinstance(action, argparse._SubParsersAction):
            shown = {choice.dest: choice.help for choice in action._choices_actions}
            yield from ((name, text or "") for name, text in shown.items())
            continue
        metavar = action.metavar or action.dest.upper()
        name = action.option_strings[-1] if action.option_strings else str(metavar)
        if action.option_strings and action.nargs != 0:
            name += f" {metavar}"
        yield (
            name,
            " ".join((action.help or "").split()).replace("%(default)s", str(action.default)),
        )


def _bare_parser() -> argparse.ArgumentParser:
    from django.core.management.base import BaseCommand

    return BaseCommand().create_parser("manage.py", "bare")


def addresses() -> Iterator[tuple[str, str, str]]:
    """Each address of ours: its pattern, its name, and what its view's docstring says."""
    yield from sorted(_walk(get_resolver(), "", ""), key=lambda row: row[0])


def _walk(resolver: URLResolver, space: str, prefix: str) -> Iterator[tuple[str, str, str]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or space
            if inner not in ELSEWHERE:
                yield from _walk(pattern, inner, path)
        elif isinstance(pattern, URLPattern) and pattern.name:
            name = f"{space}:{pattern.name}" if space else pattern.name
            yield f"/{path}", name, first_sentence(_view(pattern.callback).__doc__)


def _view(callback: Callable[..., Any]) -> Any:
    return getattr(callback, "view_class", None) or inspect.unwrap(callback)


def page() -> str:
    """The whole page as Markdown.

    Raises:
        UndocumentedError: a command, an argument, an address or an event has no description.
    """
    missing: list[str] = []
    lines = [HEAD, "## Commands\n"]
    for name, text, arguments in commands():
        missing += [f"the command {name}"] if not text else []
        lines.append(f"### `manage.py {name}`\n\n{text}\n")
        for argument, help_text in arguments:
            missing += [f"{argument} of the command {name}"] if not help_text else []
            lines.append(f"- `{argument}`: {help_text}")
        lines.append("")
    lines.append("## Addresses\n\n| address | name | what it is |\n|---|---|---|")
    for path, name, text in addresses():
        missing += [f"the view of {name}"] if not text else []
        lines.append(f"| `{path}` | `{name}` | {_cell(text)} |")
    lines.append("\n`/ws/games/<uuid>/` is the socket: [live-protocol.md](live-protocol.md).\n")
    for title, kinds in (
        ("What people and the clock do", LIFECYCLE),
        ("What the rules do", ENGINE),
    ):
        lines.append(f"## Events: {title}\n\n| kind | what it tells |\n|---|---|")
        for kind, text in kinds.items():
            missing += [f"the event {kind}"] if not text else []
            lines.append(f"| `{kind}` | {_cell(text)} |")
        lines.append("")
    if missing:
        raise UndocumentedError("no description: " + "; ".join(missing))
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
