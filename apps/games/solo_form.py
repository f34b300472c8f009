"""What somebody chooses before a game alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from apps.engine.doctrine import PASSIVE, RANDOM

LENGTHS = (3, 6, 12)
"""Lengths offered, in turns, where the scenario allows them."""
USUAL = 6
BASELINES = (
    (RANDOM, gettext_lazy("At random: any order that is open to it")),
    (PASSIVE, gettext_lazy("Passive: gives no orders")),
)


class SoloForm(forms.Form):
    """A government, a length, and who leads the others.

    `doctrine_X` of each government may stay empty: then what `others` says holds for it.
    """

    government = forms.ChoiceField(
        label=gettext_lazy("Your government"),
        error_messages={"required": gettext_lazy("Choose the government that you want to lead.")},
    )
    turns = forms.TypedChoiceField(label=gettext_lazy("Length"), coerce=int)
    others = forms.ChoiceField(
        label=gettext_lazy("The other governments"),
        choices=[
            ("first", gettext_lazy("Each follows its usual doctrine")),
            (
                "lot",
                gettext_lazy("Each draws one of its doctrines by lot: you cannot know beforehand"),
            ),
        ],
        initial="first",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        governments = document["governments"]
        fields["government"].choices = [(name, body["name"]) for name, body in governments.items()]
        lengths = lengths_of(document)
        fields["turns"].choices = [
            (length, ngettext("%d turn", "%d turns", length) % length) for length in lengths
        ]
        fields["turns"].initial = min(lengths, key=lambda length: abs(length - USUAL))
        self.governments = list(governments)
        for name, body in governments.items():
            doctrines = document.get("doctrines", {}).get(name, {})
            self.fields[f"doctrine_{name}"] = forms.ChoiceField(
                label=body["name"],
                choices=[
                    ("", _usual(doctrines)),
                    *((key, one["title"]) for key, one in doctrines.items()),
                    *BASELINES,
                ],
                required=False,
            )

    @property
    def doctrines_named(self) -> bool:
        """Whether what was sent names a doctrine, so that the page shows it again."""
        return any(self[f"doctrine_{name}"].value() for name in self.governments)

    @property
    def doctrines(self) -> dict[str, str]:
        """The doctrines that were named, by government."""
        named = {name: self.cleaned_data[f"doctrine_{name}"] for name in self.governments}
        return {name: doctrine for name, doctrine in named.items() if doctrine}


def _usual(doctrines: Mapping[str, Any]) -> str:
    """What an empty choice means for a government, with the doctrine that is its first."""
    if not doctrines:
        return gettext("As chosen above")
    title = next(iter(doctrines.values()))["title"]
    return gettext("As chosen above; usually %(title)s") % {"title": title}


def lengths_of(document: Mapping[str, Any]) -> list[int]:
    """The lengths that the scenario allows among those offered; its own where there is none."""
    limits = document["scenario"]["turns"]
    low, high = int(limits.get("min", 1)), int(limits.get("max", 40))
    return [n for n in LENGTHS if low <= n <= high] or [int(limits["default"])]
