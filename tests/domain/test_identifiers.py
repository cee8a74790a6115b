"""Numbers typed by people: every usual way of writing is read, every slip of the pen is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

from app import clock
from app.domain import identifiers as ids
from app.domain.errors import RuleBroken
from app.domain.identifiers import PatentKind

few = settings(max_examples=80, deadline=None)

CODES = ["91440606722473344C", "9144030071526726XG", "91330100799655058B", "914403001922038216"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# what a Chinese keyboard gives: half and full width, characters, punctuation, spaces, stray invisible ones
TYPED = "".join(map(chr, [*range(0x20, 0x7F), *range(0xFF01, 0xFF5F)])) + "专利号第〔〕【】、。—·\u3000\u200b\ufeff"
FULL_WIDTH = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})


def codes() -> st.SearchStrategy[str]:
    """Valid social credit codes."""
    tail = st.text(ALPHABET, min_size=9, max_size=9)
    heads = st.builds(lambda k, n: f"{k}{n:06}", st.sampled_from(["91", "52", "12", "N2"]), st.integers(0, 999_999))
    return st.builds(lambda head, rest: head + rest + stdnum_uscc.calc_check_digit(head + rest), heads, tail)


def residents() -> st.SearchStrategy[str]:
    """Valid resident numbers."""
    born = st.dates(date(1930, 1, 1), date(2020, 12, 31))
    body = st.builds(lambda d, n: f"440604{d:%Y%m%d}{n:03}", born, st.integers(0, 999))
    return body.map(lambda b: b + ric.calc_check_digit(b + "0"))


def patents() -> st.SearchStrategy[str]:
    """Valid patent numbers of both forms, digits only."""
    kind = st.sampled_from("12389")
    new = st.builds(lambda y, k, n: f"{y}{k}{n:07}", st.integers(2003, 2024), kind, st.integers(0, 9_999_999))
    years = st.sampled_from(["85", "95", "99", "00", "03"])
    old = st.builds(lambda y, k, n: f"{y}{k}{n:05}", years, kind, st.integers(0, 99_999))
    return st.one_of(new, old).map(lambda b: b + ids.patent_check_digit(b))


def swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def replaced(text: str, at: int, by: str) -> str:
    return text[:at] + by + text[at + 1 :]


def sentence(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(RuleBroken) as refusal:
        read(text)
    return str(refusal.value)


# tolerance


@given(st.text(TYPED, max_size=40))
@few
def test_a_normalised_text_is_half_width_without_spaces_and_stays_as_it_is(text: str) -> None:
    once = ids.normalise(text)
    assert not set(once) & set(" \u3000\u200b\ufeffａＡ０")
    assert ids.normalise(once) == once


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "typed",
    [
        lambda c: c,
        lambda c: c.lower(),
        lambda c: f"\u3000{c[:8]} {c[8:]}\u200b\ufeff",
        lambda c: c.translate(FULL_WIDTH),
        lambda c: f"{c[:2]}-{c[2:8]}—{c[8:]}",
    ],
    ids=["plain", "small", "spaces", "full width", "dashes"],
)
def test_a_social_credit_code_is_read_however_it_is_typed(code: str, typed: Callable[[str], str]) -> None:
    assert ids.uscc(typed(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "ZL202330418812.8",
        "zl 2023 3 0418812.8",
        "2023304188128",
        "ＺＬ２０２３３０４１８８１２．８",
        "ZL202330418812。8",
        "专利号：ZL 202330418812·8",
        "\u3000ZL-2023-3-0418812-8\u200b",
        "申请号: 202330418812，8",
    ],
)
def test_a_patent_number_is_read_however_it_is_typed(typed: str) -> None:
    patent = ids.patent_number(typed)
    assert patent.number == "202330418812.8"


@given(patents())
@few
def test_what_is_printed_is_read_again(digits: str) -> None:
    patent = ids.patent_number(digits)
    cut = 2 if patent.old_form else 4
    printed = f"ZL {patent.number[:cut]} {patent.number[cut]} {patent.number[cut + 1 :]}"
    assert ids.patent_number(printed) == patent == ids.patent_number(printed.translate(FULL_WIDTH))


# the published examples


@pytest.mark.parametrize(
    ("typed", "year", "kind", "old"),
    [
        ("201710601862.3", 2017, PatentKind.INVENTION, False),
        ("200310102344.5", 2003, PatentKind.INVENTION, False),
        ("95115608.X", 1995, PatentKind.INVENTION, True),
        ("97101765.4", 1997, PatentKind.INVENTION, True),
    ],
)
def test_a_patent_number_tells_its_year_and_kind(typed: str, year: int, kind: PatentKind, old: bool) -> None:
    patent = ids.patent_number(typed)
    assert (patent.number, patent.year, patent.kind, patent.old_form) == (typed, year, kind, old)


def test_the_resident_number_of_the_standard_is_accepted() -> None:
    assert ids.resident_id("110105 19491231 002x") == "11010519491231002X"


def test_a_rural_collective_has_a_code_that_begins_with_a_letter() -> None:
    body = "N2440605MF1234567"
    assert ids.uscc(body + stdnum_uscc.calc_check_digit(body)).startswith("N2")


# slips of the pen


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
@few
def test_one_wrong_character_in_a_social_credit_code_is_found(code: str, at: int, by: str) -> None:
    if by != code[at]:
        sentence(ids.uscc, replaced(code, at, by))


@given(codes(), st.integers(0, 16))
@few
def test_two_exchanged_characters_in_a_social_credit_code_are_found(code: str, at: int) -> None:
    if code[at] != code[at + 1]:
        sentence(ids.uscc, swapped(code, at))


@given(residents(), st.integers(0, 17), st.sampled_from("0123456789X"))
@few
def test_one_wrong_digit_in_a_resident_number_is_found(number: str, at: int, by: str) -> None:
    assert ids.resident_id(number) == number
    if by != number[at]:
        sentence(ids.resident_id, replaced(number, at, by))


@given(residents(), st.integers(0, 16))
@few
def test_two_exchanged_digits_in_a_resident_number_are_found(number: str, at: int) -> None:
    if number[at] != number[at + 1]:
        sentence(ids.resident_id, swapped(number, at))


@given(patents(), st.data(), st.sampled_from("0123456789X"))
@few
def test_one_wrong_digit_in_a_patent_number_is_found(digits: str, data: st.DataObject, by: str) -> None:
    at = data.draw(st.integers(0, len(digits) - 1))
    if by != digits[at]:
        sentence(ids.patent_number, replaced(digits, at, by))


@given(patents(), st.data())
@few
def test_two_exchanged_digits_in_a_patent_number_are_found(digits: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(digits) - 2))
    if digits[at] != digits[at + 1]:
        sentence(ids.patent_number, swapped(digits, at))


# what the refusal says


@pytest.mark.parametrize(
    ("read", "typed", "says"),
    [
        (ids.uscc, "9144060672247334", "现为 16 位"),
        (ids.uscc, "91440606722473344O", "第 18 位不能是“O”"),
        (ids.uscc, "9144A606722473344C", "第 5 位现为“A”"),
        (ids.uscc, "91440606722473344D", "应为“C”"),
        (ids.resident_id, "110105491231002", "15 位"),
        (ids.resident_id, "1101051949123100", "现为 16 位"),
        (ids.resident_id, "11010519491231OO2X", "前 17 位应为数字"),
        (ids.resident_id, "99010519491231002X", "“99”不是省级"),
        (ids.resident_id, "110105199002310021", "1990-02-31”不存在"),
        (ids.resident_id, "110105189912310021", "1899-12-31”不合理"),
        (ids.resident_id, "110105194912310021", "应为“X”"),
        (ids.patent_number, "ZL202330418812", "校验位应为 8"),
        (ids.patent_number, "95115608", "校验位应为 X"),
        (ids.patent_number, "ZL202330418812.5", "校验位应为 8"),
        (ids.patent_number, "ZL20233041881", "现为 11 位"),
        (ids.patent_number, "ZL2023304I8812.8", "不能有“I”"),
        (ids.patent_number, "2023X04188128", "不能有“X”"),
        (ids.patent_number, "CN112345678A", "公开（公告）号"),
        (ids.patent_number, "199930418812.0", "“1999”不合理"),
        (ids.patent_number, "299930418812.0", "“2999”不合理"),
        (ids.patent_number, "84115608.0", "“1984”不合理"),
        (ids.patent_number, "202350418812.0", "“5”不存在"),
        (ids.mobile, "1380013800", "现为 10 位"),
        (ids.mobile, "12800138000", "13 至 19"),
        (ids.mobile, "1380013800a", "不能有“A”"),
        (ids.landline, "83123456", "区号"),
        (ids.postcode, "5280000", "6 位数字"),
        (ids.trademark_number, "012", "1 至 8 位"),
        (ids.copyright_number, "2020SR", "2020SR0123456"),
        (ids.email, "name@host", "格式不正确"),
        (ids.case_number, "佛知快调2026-1", "〔2026〕1号"),
    ],
)
def test_a_refusal_says_what_is_wrong(read: Callable[[str], object], typed: str, says: str) -> None:
    assert says in sentence(read, typed)


def test_nobody_was_born_tomorrow() -> None:
    assert "不合理" in sentence(ids.resident_id, f"440604{clock.today().year + 1}01010019")


@given(st.text(max_size=40))
@few
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    readers = (ids.uscc, ids.resident_id, ids.patent_number, ids.trademark_number, ids.copyright_number)
    for read in (*readers, ids.mobile, ids.landline, ids.phone, ids.postcode, ids.email, ids.case_number):
        try:
            read(text)
        except RuleBroken as refusal:
            assert str(refusal)


# the other numbers


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (ids.trademark_number, "第 １２３４５６７８ 号", "12345678"),
        (ids.trademark_number, "1234567a", "1234567A"),
        (ids.trademark_number, "g1234567", "G1234567"),
        (ids.copyright_number, "国作登字－2021－f－00123456", "国作登字-2021-F-00123456"),
        (ids.copyright_number, "粤作登字2021F00123456", "粤作登字-2021-F-00123456"),
        (ids.copyright_number, "2020sr 1234567", "2020SR1234567"),
        (ids.mobile, "+86 138-0013-8000", "13800138000"),
        (ids.mobile, "8613800138000", "13800138000"),
        (ids.landline, "（0757）8312 3456 转 801", "0757-83123456-801"),
        (ids.landline, "+86 757 83123456", "0757-83123456"),
        (ids.landline, "01088888888", "010-88888888"),
        (ids.phone, "13800138000", "13800138000"),
        (ids.phone, "0757－83123456", "0757-83123456"),
        (ids.phone, "+86 10 8888 8888", "010-88888888"),
        (ids.postcode, "５２８０００", "528000"),
        (ids.email, " Zhang.San@Example.COM ", "Zhang.San@example.com"),
        (ids.email, "ｚｓ＠ｅｘａｍｐｌｅ．ｃｎ", "zs@example.cn"),
        (ids.case_number, "佛知快调[2026]1号", "佛知快调〔2026〕1号"),
        (ids.case_number, "佛知快调（２０２６） 第012号", "佛知快调〔2026〕12号"),
        (ids.case_number, "佛知快调【2026】12", "佛知快调〔2026〕12号"),
    ],
)
def test_other_numbers_are_kept_in_one_form(read: Callable[[str], object], typed: str, kept: str) -> None:
    assert read(typed) == kept
    assert read(kept) == kept


@given(st.integers(2020, 2099), st.integers(1, 99_999))
@few
def test_a_case_number_is_written_with_hexagonal_brackets_and_read_back(year: int, n: int) -> None:
    number = ids.format_case_number("佛知", "快调", year, n)
    assert number == f"佛知快调\u3014{year}\u3015{n}号"
    assert ids.case_number(number) == number
