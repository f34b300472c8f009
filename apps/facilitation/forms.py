"""Forms of the control room: each only parses; the services of apps.games decide."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.games.session import Session
from apps.games.solo_form import BASELINES

SEAT_KINDS = [
    ("people", _("People")),
    ("doctrine", _("Doctrine")),
    ("nobody", _("Nobody")),
]
CLOCKS = [
    (0, _("No clock: you close each turn")),
    (300, _("5 minutes")),
    (600, _("10 minutes")),
    (900, _("15 minutes")),
    (1200, _("20 minutes")),
    (1800, _("30 minutes")),
    (2700, _("45 minutes")),
    (3600, _("1 hour")),
    (86400, _("1 day")),
    (604800, _("1 week")),
]


GRACES = [
    (0, _("None")),
    (10, _("10 seconds")),
    (30, _("30 seconds")),
    (60, _("1 minute")),
    (300, _("5 minutes")),
]


NO_PHASE = "none"
BEFORE = [
    (NO_PHASE, _("None: the turn has no such phase")),
    ("0", _("No clock: you open the next phase")),
    ("60", _("1 minute")),
    ("120", _("2 minutes")),
    ("180", _("3 minutes")),
    ("300", _("5 minutes")),
    ("600", _("10 minutes")),
    ("900", _("15 minutes")),
    ("1200", _("20 minutes")),
    ("1800", _("30 minutes")),
    ("2700", _("45 minutes")),
    ("3600", _("1 hour")),
    ("86400", _("1 day")),
]


def _phase_field(label: Any, words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=BEFORE, initial=NO_PHASE, required=False, help_text=words
    )


class ClockForm(forms.Form):
    """How long each phase of a turn lasts. A clock that is in no list is kept as it is."""

    reading = _phase_field(
        _("Reading, before the talks"),
        _("The delegations read the results and confer among themselves."),
    )
    talks = _phase_field(
        _("Talks, before the orders"),
        _("They negotiate and draft orders, and submit none yet."),
    )
    seconds_per_turn = forms.TypedChoiceField(
        label=_("Orders"),
        choices=CLOCKS,
        coerce=int,
        initial=900,
        help_text=_(
            "Everything is open. The turn closes when this clock runs out, or all are ready."
        ),
    )

    @classmethod
    def of(cls, session: Session, typed: Any = None) -> ClockForm:
        """The form as a session's clocks stand now, or as it was `typed`."""
        initial: dict[str, int | str] = {"seconds_per_turn": session.clock.seconds or 0}
        for phase in ("reading", "talks"):
            seconds = session.timetable.get(phase)
            initial[phase] = str(seconds or 0) if phase in session.timetable else NO_PHASE
        form = cls(typed, initial=initial)
        listed: dict[str, list[tuple[Any, Any]]] = {
            "seconds_per_turn": CLOCKS,
            "reading": BEFORE,
            "talks": BEFORE,
        }
        for name, value in initial.items():
            choices: list[tuple[Any, Any]] = [*listed[name]]
            if value not in dict(choices):
                choices.append((value, _("%(n)s seconds") % {"n": value}))
                cast(forms.ChoiceField, form.fields[name]).choices = choices
        return form

    @property
    def timetable(self) -> dict[str, int | None]:
        """The phases before the orders that a turn is to have, each with its seconds or None."""
        chosen = {phase: self.cleaned_data[phase] or NO_PHASE for phase in ("reading", "talks")}
        return {phase: int(value) or None for phase, value in chosen.items() if value != NO_PHASE}


class SessionForm(ClockForm):
    """A new session; the seats are those of the scenario's governments."""

    scenario = forms.ChoiceField(label=_("Scenario"))
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What the teams see, for example the name of your course."),
    )
    turns = forms.IntegerField(label=_("Length in turns"))
    grace_seconds = forms.TypedChoiceField(
        label=_("Grace after the clock of the orders"),
        choices=GRACES,
        coerce=int,
        initial=0,
        required=False,
        help_text=_("The clock shows zero, and orders still count for this long."),
    )
    class_group = forms.CharField(
        label=_("Class"),
        max_length=60,
        required=False,
        help_text=_(
            "Sessions of one class stand together, and can be started and paused together."
        ),
    )
    heads_submit = forms.BooleanField(
        label=_("Only the head of a delegation submits"),
        required=False,
        help_text=_(
            "Everybody drafts; the head presses ready, or a deputy. Otherwise everybody may."
        ),
    )
    rehearsal = forms.BooleanField(
        label=_("This is a rehearsal"),
        required=False,
        help_text=_("You can play turns by doctrine for all seats, to see what may happen."),
    )
    review = forms.BooleanField(
        label=_("Review results before the teams see them"),
        required=False,
        help_text=_("Holds each turn's adjudication back until you release it."),
    )

    def __init__(
        self, *args: Any, scenarios: list[tuple[str, str]], document: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["scenario"]).choices = scenarios
        limits = document["scenario"]["turns"]
        turns = cast(forms.IntegerField, self.fields["turns"])
        turns.initial = limits["default"]
        turns.min_value, turns.max_value = limits["min"], limits["max"]
        turns.validators = []
        turns.widget.attrs.update(min=limits["min"], max=limits["max"])
        turns.help_text = _("From %(min)s to %(max)s.") % {
            "min": limits["min"],
            "max": limits["max"],
        }
        self.fields["seconds_per_turn"].label = _("Clock for each turn")
        self.limits = limits
        self.governments = document["governments"]
        for government, body in self.governments.items():
            self.fields[f"seat_{government}"] = forms.ChoiceField(
                label=body["name"],
                choices=SEAT_KINDS,
                initial="people",
                widget=forms.RadioSelect,
            )
            self.fields[f"doctrine_{government}"] = forms.ChoiceField(
                label=_("Doctrine"),
                choices=doctrine_choices(document, government),
                required=False,
            )

    @property
    def seat_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Who leads each seat and by which doctrine, in the scenario's order of governments."""
        return [
            (self[f"seat_{government}"], self[f"doctrine_{government}"])
            for government in self.governments
        ]

    def clean_turns(self) -> int:
        """Refuse a length outside the scenario's limits, saying what they are."""
        turns = self.cleaned_data["turns"]
        low, high = self.limits["min"], self.limits["max"]
        if not low <= turns <= high:
            raise forms.ValidationError(
                _("Choose a length from %(low)s to %(high)s turns.") % {"low": low, "high": high}
            )
        return turns

    def clean(self) -> dict[str, Any]:
        """Refuse a session in which nobody at all would act."""
        data = super().clean() or {}
        kinds = [data.get(f"seat_{government}") for government in self.governments]
        if kinds and all(kind == "nobody" for kind in kinds):
            raise forms.ValidationError(
                _("Give at least one seat to people or to doctrine; else nothing would happen.")
            )
        return data

    @property
    def seats(self) -> dict[str, dict[str, str]]:
        """Government id -> {"mode": "people", "doctrine" or "nobody", "doctrine": its id}."""
        return {
            government: {
                "mode": self.cleaned_data[f"seat_{government}"],
                "doctrine": self.cleaned_data[f"doctrine_{government}"],
            }
            for government in self.governments
        }


def doctrine_choices(document: dict[str, Any], government: str) -> list[tuple[str, str]]:
    """The doctrines that may lead a seat: the scenario's, its first in front, and the baselines."""
    known = document.get("doctrines", {}).get(government, {})
    return [*((key, one["title"]) for key, one in known.items()), *BASELINES]


class ExtendForm(forms.Form):
    """Minutes to add to the running turn, 1 to 600."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=5)
