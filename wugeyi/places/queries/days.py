"""What stood on a day, and what lies inside bounds."""

from datetime import date

from django.db.models import Q

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees of WGS-84."""


def on_day(day: date) -> Q:
    """Return the condition that a record holds on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (
        Q(valid_to=None) | Q(valid_to__gt=day)
    )


def not_over(day: date) -> Q:
    """Return the condition that a record is there on a day, or will be."""
    return Q(valid_to=None) | Q(valid_to__gt=day)


def inside(bounds: Bounds) -> Q:
    """Return the condition that a point lies inside bounds, edges included."""
    west, south, east, north = bounds
    return Q(lat__gte=south, lat__lte=north, lon__gte=west, lon__lte=east)
