"""One voucher is shown to be in a published head, without the others."""

import random
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests.books.collective import AT, Collective, rent, year_of_rent
from tests.books.guards.forge import ask
from wugeyi.books.actions.heads import publish, publish_new
from wugeyi.books.actions.posting import post, post_many
from wugeyi.books.adapter.leaves import teach_sqlite
from wugeyi.books.models import Head, Voucher
from wugeyi.books.queries.proofs import NotCovered, Verdict, check, prove
from wugeyi.books.rules.proofs import NoProof, parse, told
from wugeyi.engines.ledger.heads.tree import root


@pytest.fixture
def book(collective: Collective):
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    publish(book=collective.book, at=AT)
    return collective.book


def some(book, number: int) -> Voucher:
    return Voucher.objects.get(book=book, number=number)


def test_every_voucher_is_proven_and_only_itself_is_told(book):
    for voucher in Voucher.objects.filter(book=book):
        proof = prove(voucher)
        assert check(parse(str(proof))) is Verdict.HOLDS
        assert told(proof).mark == str(voucher)
        assert len(proof.path) <= 5
        assert str(proof).count("门面租金") in (0, 2)


def test_whatever_is_altered_in_a_proof_breaks_it(book):
    proof = prove(some(book, 7))
    dice = random.Random(7)
    for altered in (
        replace(proof, text=proof.text.replace("100000", "100001")),
        replace(proof, position=8),
        replace(proof, size=7),
        replace(proof, path=proof.path[1:]),
        replace(proof, path=(*proof.path[:-1], "0" * 64)),
        replace(proof, root=f"{dice.getrandbits(256):064x}"),
    ):
        assert check(altered) is Verdict.BROKEN


def test_a_head_nobody_published_is_said_to_be_unknown(book):
    proof = prove(some(book, 7))
    assert check(replace(proof, book="AB")) is Verdict.UNKNOWN_HEAD


def test_a_voucher_behind_the_last_head_is_not_covered(book, collective):
    late = post(book=book, entry=rent(date(2025, 1, 2)), **collective.people)
    with pytest.raises(NotCovered):
        prove(late)
    assert publish_new(AT) == 1
    assert publish_new(AT) == 0
    assert prove(late).size == 25
    assert Head.objects.filter(book=book).count() == 2


@pytest.mark.parametrize(
    "text",
    ["", "x", "wugeyi-proof 1", "wugeyi-proof 1\nhead a 1 b", "\0" * 9, "[" * 99_999],
)
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(NoProof):
        parse(text)


def test_a_proof_of_nonsense_is_no_proof(book):
    proof = prove(some(book, 7))
    for text in ("[" * 60_000, "{}", "[1]", '["a",1,2,3,4,5,6,7,[[1]]]', "null"):
        with pytest.raises(NoProof):
            told(replace(proof, text=text))


def test_the_commands_make_and_check_a_proof(book, capsys, tmp_path):
    call_command("books", "prove", "XK:2024-5")
    text = capsys.readouterr().out
    path = tmp_path / "proof.txt"
    path.write_text(text)
    call_command("books", "check", str(path))
    assert "证明成立" in capsys.readouterr().out
    path.write_text(text.replace("门面", "门店"))
    with pytest.raises(SystemExit):
        call_command("books", "check", str(path))
    assert "证明不成立" in capsys.readouterr().out


def test_anybody_checks_a_pasted_proof(book, client):
    address = reverse("books:check-proof")
    assert client.get(address).status_code == 200
    text = str(prove(some(book, 7)))
    said = client.post(address, {"proof": text.replace("\n", "\r\n\r\n")})
    assert "证明成立" in said.content.decode()
    said = client.post(address, {"proof": text.replace("100000", "100001")})
    assert "证明不成立" in said.content.decode()
    said = client.post(address, {"proof": "您好"})
    assert said.status_code == 422
    assert "没有复制完整" in said.content.decode()


def test_staff_hand_out_a_proof_and_the_accountant_publishes_first(
    collective, book, client
):
    late = post(book=book, entry=rent(date(2025, 1, 2)), **collective.people)
    address = reverse("books:proof", args=[late.pk])
    assert client.get(address).status_code == 302
    client.force_login(collective.reviewer)
    assert "还没有公布过" in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    client.force_login(collective.accountant)
    assert client.post(address).status_code == 302
    page = client.get(address).content.decode()
    assert "wugeyi-proof 1" in page
    assert "at 25" in page


def test_the_commands_run_as_people_type_them(book, capsys, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for words in (["heads"], ["prove", "XK:2024-1"], ["verify"]):
        call_command("books", *words)
    said = capsys.readouterr().out
    assert "wugeyi-proof 1" in said
    assert "没有发现改动" in said


def test_the_database_s_root_is_the_engine_s_at_every_size(book):
    leaves = [
        bytes.fromhex(each)
        for each in book.vouchers.order_by("position").values_list("leaf", flat=True)
    ]
    teach_sqlite()
    for size in range(1, len(leaves) + 1):
        if connection.vendor == "postgresql":
            found = ask("SELECT books_root(%s, %s)", book.pk, size)
        else:
            found = ask(
                "SELECT books_root(position, leaf) FROM (SELECT position, leaf"
                " FROM books_voucher WHERE book_id = %s AND position <= %s"
                " ORDER BY position)",
                *(book.pk, size),
            )
        assert found == root(leaves[:size]).hex()
