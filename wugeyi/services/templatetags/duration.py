"""Lengths of time in templates."""

from django.template import Library

register = Library()


@register.filter
def minutes(seconds: int) -> int:
    """Return whole minutes, rounded down."""
    return seconds // 60


@register.filter
def days(seconds: int) -> float:
    """Return days to one place."""
    return round(seconds / 86_400, 1)
