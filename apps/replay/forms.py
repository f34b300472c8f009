"""Forms of the replay room: they parse and check; nothing here decides."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.replay.savefile import MAX_BYTES


class GalleryForm(forms.Form):
    """Search and filters of the gallery; every field is optional."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    scenario = forms.ChoiceField(label=_("Scenario"), required=False)
    origin = forms.ChoiceField(label=_("Kind"), required=False)
    ending = forms.ChoiceField(label=_("Ending"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("All")), *options]


class NoteForm(forms.Form):
    """A note or bookmark on a moment."""

    title = forms.CharField(label=_("Title"), max_length=120)
    body = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    in_outline = forms.BooleanField(
        label=_("Show in presenter's mode"), required=False, initial=True
    )


class ShareForm(forms.Form):
    """A read-only link: from which perspective, and for how long."""

    viewer = forms.ChoiceField(label=_("Perspective"))
    days = forms.TypedChoiceField(
        label=_("The link works for"),
        coerce=int,
        initial=30,
        choices=[
            (1, _("1 day")),
            (7, _("1 week")),
            (30, _("30 days")),
            (120, _("a term (120 days)")),
        ],
    )

    def __init__(self, *args: Any, viewers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["viewer"]).choices = viewers


class ImportForm(forms.Form):
    """A saved-game file."""

    file = forms.FileField(
        label=_("Saved game (.json)"),
        help_text=_("A file that was exported here. It is checked before anything is kept."),
    )

    def clean_file(self) -> Any:
        """Refuse a file beyond the format's size before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s bytes; a saved game has at most %(limit)s."),
                params={"size": f"{file.size:,}", "limit": f"{MAX_BYTES:,}"},
            )
        return file
