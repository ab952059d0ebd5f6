import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.casework.rules.masking import Kind, digits_of, mask

# What stood there, what may be proposed, and what kinds were hidden.
EXAMPLES = [
    ("我叫王小明，住在3栋", "我叫某某，住在某栋", {Kind.NAME, Kind.ADDRESS}),
    ("电话13812345678。", "电话〔电话〕。", {Kind.PHONE}),
    ("138 1234-5678", "〔电话〕", {Kind.PHONE}),
    ("１３８１２３４５６７８", "〔电话〕", {Kind.PHONE}),
    ("一三八一二三四五六七八", "〔电话〕", {Kind.PHONE}),
    ("幺三八幺二三四五六七八", "〔电话〕", {Kind.PHONE}),
    ("138\u200b1234\u200b5678", "〔电话〕", {Kind.PHONE}),
    ("+86 138 1234 5678", "〔电话〕", {Kind.PHONE}),
    ("座机0851-85551234", "座机〔电话〕", {Kind.PHONE}),
    ("打85551234", "打〔电话〕", {Kind.PHONE}),
    ("客服400-800-1234", "客服〔电话〕", {Kind.PHONE}),
    ("身份证52010219900101123X", "身份证〔证件号〕", {Kind.ID_NUMBER}),
    ("520102199001011234", "〔证件号〕", {Kind.ID_NUMBER}),
    ("520102900101123", "〔证件号〕", {Kind.ID_NUMBER}),
    ("卡号6222 0212 3456 7890 123", "卡号〔卡号〕", {Kind.BANK_CARD}),
    ("贵A12345占道", "〔车牌〕占道", {Kind.PLATE}),
    ("贵A·D12345占道", "〔车牌〕占道", {Kind.PLATE}),
    ("贵a d12345 占道", "〔车牌〕 占道", {Kind.PLATE}),
    ("邮箱a.b-c@example.com", "邮箱〔邮箱〕", {Kind.EMAIL}),
    ("微信号：abc_12345", "微信号：〔账号〕", {Kind.ACCOUNT}),
    ("QQ 123456", "QQ 〔账号〕", {Kind.ACCOUNT}),
    ("找王女士", "找某女士", {Kind.NAME}),
    ("张伟先生说", "某先生说", {Kind.NAME}),
    ("欧阳锋师傅来过", "某师傅来过", {Kind.NAME}),
    ("王某某占道", "某某占道", {Kind.NAME}),
    ("中山路12号门口", "中山路某号门口", {Kind.ADDRESS}),
    ("3栋2单元501室", "某栋某单元某室", {Kind.ADDRESS}),
    ("十二号楼B座1203室", "某号楼某座某室", {Kind.ADDRESS}),
    ("A区3-2-501漏水", "A区某号漏水", {Kind.ADDRESS}),
]
LEFT_ALONE = [
    "小区门口的路灯坏了三天，晚上看不见路",
    "3号线和12路公交都不停",
    "2026-11-22停水，到现在没有来",
    "每平方米1200元，共30万元",
    "五楼漏水",
    "车位12个，不够用",
    "和平路的垃圾桶满了",
    "希望老师傅多照顾",
]


@pytest.mark.parametrize(("text", "expected", "kinds"), EXAMPLES)
def test_worked_examples(text, expected, kinds):
    masked = mask(text)
    assert masked.text == expected
    assert {hidden.kind for hidden in masked.hidden} == kinds


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_ordinary_words_stay(text):
    assert mask(text).text == text


def test_what_was_hidden_can_be_shown_to_the_person_who_approves():
    hidden = mask("王女士13812345678").hidden
    assert {(h.original, h.replacement) for h in hidden} == {
        ("13812345678", "〔电话〕"),
        ("王女士", "某女士"),
    }


WORDS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("王李张先生女士某号栋室路贵A0123456789一二三-@.微信QQ 我叫"),
    ),
    max_size=80,
)
BETWEEN = st.lists(
    st.sampled_from(["", "", "", " ", "-", "－", "\u200b", ".", " - "]),
    min_size=10,
    max_size=10,
)
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(WORDS)
def test_masking_twice_changes_nothing(text):
    once = mask(text).text
    assert mask(once).text == once


@given(WORDS, MOBILE, BETWEEN, WORDS)
def test_no_mobile_number_passes(before, number, between, after):
    typed = "".join(a + b for a, b in zip(number, [*between, ""], strict=True))
    masked = mask(before + typed + after).text
    assert typed not in masked
    for run in re.findall(r"[0-9０-９\s\-－.\u200b]{11,}", masked):
        assert number not in digits_of(run)


@given(st.text(max_size=200))
def test_nothing_breaks_it(text):
    mask(text)
