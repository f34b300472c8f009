"""Says in which language a scenario's text is, where that is not the language of the page.

Built into every template (settings.TEMPLATES), so that a screen reader speaks each text rightly.
"""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

SCENARIO_LANGUAGE = "en"
"""The one language that the schema admits (apps/scenarios/schema/outline.py)."""


@register.simple_tag
def scenario_lang() -> SafeString:
    """The attribute `lang` for an element that holds a scenario's words; nothing in that language.

    `<p{% scenario_lang %}>{{ move.text }}</p>`
    """
    if (get_language() or SCENARIO_LANGUAGE).partition("-")[0] == SCENARIO_LANGUAGE:
        return mark_safe("")
    return mark_safe(f' lang="{SCENARIO_LANGUAGE}"')  # noqa: S308 - a constant
