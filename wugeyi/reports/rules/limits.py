"""How large an uploaded form may be, and how often one may be sent."""

from datetime import timedelta

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_ROWS = 2_000
"""Rows with content; a longer sheet is a list of records, not a form."""
MAX_CELLS = 60_000
MAX_COLUMNS = 200
MAX_SHEETS = 10
UPLOADS = 60
UPLOADS_PER = timedelta(hours=1)
MAX_PLACES = 200
"""Units right below whose names a form's rows may carry."""
