"""Forms as .xlsx: which cells want filling, what belongs in them, and filling them.

Pure: bytes and a dictionary in, matches and bytes out. README.md in this folder tells how
a form is read and why a match is certain or not.
"""

from wugeyi.engines.formfill.fields import Field, Form
from wugeyi.engines.formfill.findings import Finding, Limits, Refused, Severity
from wugeyi.engines.formfill.match import (
    Certainty,
    Match,
    Reason,
    key_of,
    match_form,
)
from wugeyi.engines.formfill.periods import Span, Word, resolve
from wugeyi.engines.formfill.reading import read_form
from wugeyi.engines.formfill.terms import Dictionary, Group, NotSame, Term, dictionary

__all__ = [
    "Certainty",
    "Dictionary",
    "Field",
    "Finding",
    "Form",
    "Group",
    "Limits",
    "Match",
    "NotSame",
    "Reason",
    "Refused",
    "Severity",
    "Span",
    "Term",
    "Word",
    "dictionary",
    "key_of",
    "match_form",
    "read_form",
    "resolve",
]
