"""What is kept of people, by code, and for how many days unless decided otherwise.

Days are inferred, not from a source (未核对). Personal Information Protection Law: no
longer than needed (art. 19), told before (art. 17), withdrawn as easily as given
(art. 15).
"""

from datetime import date, timedelta

# A volunteer's name and number, after the last day they did anything here.
WORDS = "volunteer-words"
VOLUNTEER_DAYS = 730
# A neighbour's name, number and address, after the request ended.
ASKER = "volunteer-asker"
ASKER_DAYS = 30
# The number of who told of an emergency, after the duty desk settled it.
CALLER = "volunteer-caller"
CALLER_DAYS = 90
# Photographs of what was told to people and taken off, after they were sent: hours may
# be written down for 90 days, and somebody may ask for another 90 what they were for.
PHOTOS = "volunteer-photos"
PHOTO_DAYS = 180
# A phone may keep its link this long without opening it.
LINK_DAYS = 400


def volunteer_until(used_on: date, days: int) -> date:
    """Return the last day a volunteer's own words are kept."""
    return used_on + timedelta(days=days)
