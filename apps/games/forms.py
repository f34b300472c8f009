"""What people fill in outside the room: the code, and their name and seat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.games.words import NAME


class CodeForm(forms.Form):
    """A session's join code, however it is typed."""

    code = forms.CharField(
        label=_("Join code"),
        max_length=20,
        error_messages={"required": _("Type the code that your facilitator shows.")},
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class SeatForm(forms.Form):
    """A name, unless the person has one here already, and a place in a delegation.

    `places` are the values that may be chosen, "GOV:role", or ":" for a seat to be given later.
    """

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=NAME,
        help_text=_("As the others shall see it. No account, no e-mail."),
        error_messages={"required": _("Give a name by which the others can address you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    place = forms.ChoiceField(
        label=_("Government and role"),
        error_messages={
            "required": _("Choose a government and a role."),
            "invalid_choice": _("Somebody has just taken this place. Choose another."),
        },
    )

    def __init__(self, *args: Any, places: list[str], named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place, place) for place in places]  # type: ignore[attr-defined]
        if named:
            del self.fields["display_name"]

    def chosen(self) -> tuple[str, str]:
        """The government and the role chosen."""
        government, _sep, role = self.cleaned_data["place"].partition(":")
        return government, role
