import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.ledger.books import FIRST_DAY, books, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.findings import Refused, say
from wugeyi.engines.ledger.heads import (
    Frontier,
    Head,
    canonical,
    consistency_proof,
    consistent,
    head,
    included,
    inclusion_proof,
    leaf_hash,
    leaves,
    root,
    verify,
    verify_all,
)
from wugeyi.engines.ledger.records import Number

# Inputs and roots of the tests of Certificate Transparency's reference implementation.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EIGHT = [leaf_hash(each) for each in INPUTS]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_published(size):
    assert root(EIGHT[:size]).hex() == ROOTS[size]
    assert reference.tree(INPUTS[:size]).hex() == ROOTS[size]


def test_a_tree_that_grows_has_every_root_on_its_way():
    tree = Frontier()
    for size, leaf in enumerate(EIGHT, start=1):
        tree.add(leaf)
        assert tree.root().hex() == ROOTS[size]


contents = st.lists(st.binary(max_size=3), min_size=1, max_size=40)


@given(contents, st.data())
def test_proofs_of_inclusion_are_the_reference_s_and_prove_only_what_is(made, data):
    hashes = [leaf_hash(each) for each in made]
    at = data.draw(st.integers(0, len(made) - 1))
    top, path = root(hashes), inclusion_proof(hashes, at)
    assert top == reference.tree(made)
    assert list(path) == reference.audit_path(at, made)
    assert included(hashes[at], at, len(made), top, path)
    other = leaf_hash(b"other voucher")
    assert not included(other, at, len(made), top, path)
    assert not included(hashes[at], at, len(made), other, path)
    assert not included(hashes[at], at, len(made), top, (*path, other))
    assert not included(hashes[at], len(made), len(made), top, path)
    if path:
        assert not included(hashes[at], at, len(made), top, path[:-1])
        place = data.draw(st.integers(0, len(path) - 1))
        spoilt = (*path[:place], other, *path[place + 1 :])
        assert not included(hashes[at], at, len(made), top, spoilt)


@given(contents, st.data())
def test_proofs_of_growth_are_the_reference_s_and_prove_only_what_is(made, data):
    hashes = [leaf_hash(each) for each in made]
    old = data.draw(st.integers(0, len(made)))
    proof = consistency_proof(hashes, old)
    before, top, size = root(hashes[:old]), root(hashes), len(made)
    assert consistent(old, before, size, top, proof)
    other = leaf_hash(b"other voucher")
    assert not consistent(old, other, size, top, proof)
    assert not consistent(old, before, size, top, (*proof, other))
    assert not consistent(size + 1, before, size, top, proof)
    if old:
        assert list(proof) == reference.grown(old, made)
        assert not consistent(old, before, size, other, proof)
    if proof:
        assert not consistent(old, before, size, top, proof[:-1])


def test_places_that_are_not_there_have_no_proof():
    for at in (-1, 8):
        with pytest.raises(IndexError):
            inclusion_proof(EIGHT, at)
    with pytest.raises(IndexError):
        consistency_proof(EIGHT, 9)


SALE = voucher(1, FIRST_DAY, dr("102", 5, "租", ("户", "H1"), ("a", "b")), cr("501", 5))


def test_a_voucher_s_bytes_by_hand():
    assert canonical(SALE).decode("utf-8") == (
        '["wugeyi-voucher-1","V1",2024,1,"2024-01-01","ordinary",null,0,'
        '[["102",5,0,"租",[["a","b"],["户","H1"]]],'
        '["501",0,5,"摘要",[]]]]'
    )
    back = replace(SALE, kind="reversal", reverses=Number(2024, 1))
    assert json.loads(canonical(back))[6] == [2024, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"book": "V2"},
        {"number": 2},
        {"year": 2023},
        {"day": date(2024, 1, 2)},
        {"kind": "closing"},
        {"reverses": Number(2024, 9)},
        {"attachments": 1},
        {"postings": SALE.postings[::-1]},
        {"postings": SALE.postings[:1]},
        {"postings": (replace(SALE.postings[0], debit_fen=6), SALE.postings[1])},
        {"postings": (replace(SALE.postings[0], account="101"), SALE.postings[1])},
        {"postings": (replace(SALE.postings[0], summary=""), SALE.postings[1])},
        {"postings": (replace(SALE.postings[0], dimensions=()), SALE.postings[1])},
    ],
)
def test_whatever_is_changed_changes_the_bytes(change):
    assert canonical(replace(SALE, **change)) != canonical(SALE)


@given(books(most=20), st.data())
def test_any_edit_before_a_published_head_is_found_and_named(kept, data):
    made = list(kept.vouchers)
    assume(made)
    size = data.draw(st.integers(1, len(made)))
    published = head("V1", made[:size])
    assert verify(made, published) == ()
    assert verify_all(made, [published, head("V1", made)]) == ()
    at = data.draw(st.integers(0, size - 1))
    hashes = list(leaves(made))
    edited = [*made]
    edited[at] = replace(made[at], day=made[at].day + timedelta(days=1))
    (found,) = verify(edited, published)
    assert (found.code, found.values["place"]) == ("head-broken", 1)
    (found,) = verify(edited, published, hashes)
    assert (found.code, found.values["place"]) == ("head-voucher", at + 1)
    assert str(made[at].mark) in say(found)
    # Hashes made anew after the edit are no help to who edited.
    (found,) = verify(edited, published, list(leaves(edited)))
    assert found.code == "head-broken"
    (found,) = verify(made[: size - 1], published)
    assert (found.code, found.values["place"]) == ("head-short", size)
    without = made[:at] + made[at + 1 :]
    assert verify(without, published) != ()


def test_the_break_lies_between_a_head_that_holds_and_one_that_fails():
    made = [replace(SALE, number=number) for number in range(1, 31)]
    published = [head("V1", made[:size]) for size in (10, 30, 20)]
    edited = [*made]
    edited[14] = replace(made[14], attachments=3)
    (found,) = verify_all(edited, published)
    assert (found.values["place"], found.values["size"]) == (11, 20)
    assert say(found, "en").endswith("vouchers 11 to 20 in order differs.")
    (found,) = verify_all(made[:25], published)
    assert (found.code, found.values["place"]) == ("head-short", 26)
    foreign = [replace(made[0], book="V2"), *made[1:]]
    assert [each.code for each in verify_all(foreign, published)] == ["head-foreign"]
    assert [each.code for each in verify(foreign, published[0])] == ["head-foreign"]


def test_a_head_is_read_as_it_was_printed():
    printed = head("V1", [SALE])
    assert Head.parse(str(printed)) == printed
    broken = f"V1 1\n{printed.root[:32].upper()}\n {printed.root[32:]}"
    assert Head.parse(broken) == printed
    for bad in ("", "V1", "V1 1 abc", f"V1 x {printed.root}", f"V1 1 {printed.root}0"):
        with pytest.raises(Refused, match="no head"):
            Head.parse(bad)
