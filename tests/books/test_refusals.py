"""Every refusal has a sentence that says what to do."""

import re

from wugeyi.books.forms.refusals import SENTENCES, WORDS, explain
from wugeyi.books.migrations.guards import sqlite
from wugeyi.books.rules.refusals import Refused, Why


def test_every_word_of_the_guards_is_explained() -> None:
    words = set(re.findall(r"books: ([a-z][a-z-]*)'", "\n".join(sqlite.statements())))
    assert len(words) > 10
    assert words <= WORDS.keys()


def test_every_reason_is_explained() -> None:
    assert set(SENTENCES) == set(Why)
    for why in Why:
        assert "%(" not in explain(Refused(why))
    assert explain(Refused(Why.GUARD, word="something else")) == str(
        SENTENCES[Why.GUARD]
    )
