"""Reads of keys, targets, Open311, open data and calendars."""
