"""How long personal values are kept. Days are inferred, not from a source (未核对).

Personal Information Protection Law: no longer than needed (art. 19), told before
(art. 17), withdrawn as easily as given (art. 15).
"""

from datetime import date, timedelta

# A volunteer's name and number, after the last day they did anything here.
VOLUNTEER_DAYS = 730
# A neighbour's name, number and address, after the request ended.
ASKER_DAYS = 30
# The number of who told of an emergency, after the duty desk settled it.
CALLER_DAYS = 90
# A phone may keep its link this long without opening it.
LINK_DAYS = 400


def volunteer_until(used_on: date) -> date:
    """Return the last day a volunteer's own words are kept."""
    return used_on + timedelta(days=VOLUNTEER_DAYS)
