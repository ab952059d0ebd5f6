"""What a case of a survey's finding is called and sorted under."""

CATEGORIES = {
    "road": "road-damage",
    "sign": "bus",
    "shelter": "bus",
    "sight": "hazard",
    "turn": "bus",
    "crossing": "pavement",
    "other": "bus",
}
"""The category of cases offered first, by what was found; somebody may choose another."""
NOTHING = "fine"
"""Looked at, and nothing was the matter: no case comes of it."""
