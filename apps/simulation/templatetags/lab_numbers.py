"""Numbers of the lab, as people read them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share as a percentage; a small one that is not zero keeps a decimal."""
    decimals = 1 if 0 < share < 0.1 else 0
    return f"{share * 100:.{decimals}f} %"


@register.filter
def scaled(share: float, width: int) -> str:
    """A share of a width, for a mark of a chart."""
    return f"{share * width:.1f}"


@register.filter
def signed(value: float) -> str:
    """A difference with its sign; a true minus."""
    return f"{value:+.2f}".replace("-", "−")
