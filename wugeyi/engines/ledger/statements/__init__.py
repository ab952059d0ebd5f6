"""Balance sheet, income and distribution, changes in equity: formulas are data."""

from wugeyi.engines.ledger.statements.notes import Note, NoteRow, notes
from wugeyi.engines.ledger.statements.reports import (
    Equity,
    Statement,
    StatementLine,
    balance_sheet,
    changes_in_equity,
    figure,
    income_statement,
)

__all__ = [
    "Equity",
    "Note",
    "NoteRow",
    "Statement",
    "StatementLine",
    "balance_sheet",
    "changes_in_equity",
    "figure",
    "income_statement",
    "notes",
]
