"""The form of a study: it only parses; the service makes the study."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.engine.doctrine import BUILT_IN
from apps.scenarios.loading import try_to_load
from apps.scenarios.yaml_source import LARGEST_FILE
from apps.simulation.models import Study
from apps.simulation.services import Question
from apps.simulation.statistics import outcomes_of
from apps.simulation.whole_game import BY_LOT

MOST_GAMES = 20_000
MOST_TORNADO_GAMES = 200
KNOBS = {
    "start": _("Where the figures start"),
    "rule": _("How strong each rule is"),
    "cost": _("What each move costs"),
}


class StudyForm(forms.Form):
    """A new study of one scenario of the library."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Question"), choices=Study.Kind.choices, initial=Study.Kind.GAMES
    )
    games = forms.IntegerField(
        label=_("Games"),
        min_value=1,
        max_value=MOST_GAMES,
        initial=200,
        help_text=_("For “which numbers matter”: of each variant, at most %(most)s.")
        % {"most": MOST_TORNADO_GAMES},
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=60,
        initial="1",
        help_text=_("The same seed gives the same games."),
    )
    turns = forms.IntegerField(label=_("Length in turns"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, help_text=_("What “which numbers matter” looks at.")
    )
    knobs = forms.MultipleChoiceField(
        label=_("Numbers to turn"),
        choices=list(KNOBS.items()),
        required=False,
        initial=["start"],
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.FileField(
        label=_("Version to compare with"),
        required=False,
        help_text=_("One file that holds the whole scenario, YAML or JSON."),
    )

    def __init__(self, *args: Any, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        limits = document["scenario"]["turns"]
        turns: Any = self.fields["turns"]
        turns.help_text = _("From %(min)s to %(max)s; usually %(default)s.") % limits
        turns.min_value, turns.max_value = limits["min"], limits["max"]
        turns.widget.attrs.update(min=limits["min"], max=limits["max"])
        outcome: Any = self.fields["outcome"]
        outcome.choices = list(outcomes_of(document).items())
        for seat, government in document["governments"].items():
            doctrines = document.get("doctrines", {}).get(seat, {})
            self.fields[f"seat_{seat}"] = forms.ChoiceField(
                label=government["name"],
                choices=[
                    (BY_LOT, _("By lot, anew in each game")),
                    *((name, one["title"]) for name, one in doctrines.items()),
                    *((name, name.capitalize()) for name in BUILT_IN),
                ],
                initial=BY_LOT,
            )

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        """The fields of the seats' doctrines."""
        return [self[name] for name in self.fields if name.startswith("seat_")]

    def clean_turns(self) -> int | None:
        """Within the scenario's limits."""
        turns: int | None = self.cleaned_data["turns"]
        limits = self.document["scenario"]["turns"]
        if turns is not None and not limits["min"] <= turns <= limits["max"]:
            raise forms.ValidationError(_("From %(min)s to %(max)s."), params=limits)
        return turns

    def clean_other(self) -> dict[str, Any] | None:
        """The document of the file, or its problems with line and column."""
        given = self.cleaned_data["other"]
        if given is None:
            return None
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "compared.yaml")
            path.write_bytes(given.read())
            loaded, problems = try_to_load(path)
        if loaded is None:
            raise forms.ValidationError(
                [str(one).replace(f"{folder}/", "") for one in problems[:10]]
            )
        if set(loaded.document["governments"]) != set(self.document["governments"]):
            raise forms.ValidationError(_("The two versions must have the same governments."))
        return loaded.document

    def clean(self) -> dict[str, Any]:
        """What each kind of study needs."""
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == Study.Kind.COMPARE and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Choose the version to compare with."))
        if kind == Study.Kind.TORNADO:
            if not cleaned.get("knobs"):
                self.add_error("knobs", _("Choose at least one kind of number."))
            if (cleaned.get("games") or 0) > MOST_TORNADO_GAMES:
                self.add_error("games", _("At most %(n)s here.") % {"n": MOST_TORNADO_GAMES})
        return cleaned

    def question(self, scenario: str) -> Question:
        """What the form asks."""
        cleaned = self.cleaned_data
        title = self.document["scenario"]["title"]
        return Question(
            title=cleaned["title"] or f"{title}: {Study.Kind(cleaned['kind']).label.lower()}",
            scenario=scenario,
            document=self.document,
            kind=cleaned["kind"],
            games=cleaned["games"],
            seed=cleaned["seed"],
            turns=cleaned["turns"],
            seats={
                name.removeprefix("seat_"): value
                for name, value in cleaned.items()
                if name.startswith("seat_") and value != BY_LOT
            },
            other=cleaned["other"],
            outcome=cleaned["outcome"],
            knobs=tuple(cleaned["knobs"]),
        )
