"""The days of a public notice, and what an objection needs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import notices
from app.domain.calendar import Calendar
from app.domain.notices import Line, Need, Paper, Statement

YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("put_up", "days", "first", "last"),
    [
        ("2026-03-02", 5, "2026-03-02", "2026-03-06"),  # a Monday: the first day counts
        ("2026-03-04", 5, "2026-03-04", "2026-03-10"),
        ("2026-03-07", 5, "2026-03-09", "2026-03-13"),  # a Saturday: the next working day is the first
        ("2026-09-30", 5, "2026-09-30", "2026-10-12"),  # the National Day lies between; a Saturday makes up for it
        ("2026-03-02", 1, "2026-03-02", "2026-03-02"),
    ],
)
def test_a_notice_counts_its_first_and_its_last_day(put_up: str, days: int, first: str, last: str) -> None:
    found = notices.period(date.fromisoformat(put_up), days, Calendar())
    assert found == (date.fromisoformat(first), date.fromisoformat(last))
    assert notices.days_of(*found, Calendar()) == days


def test_the_office_s_own_days_off_are_left_out() -> None:
    calendar = Calendar({date(2026, 3, 4): False, date(2026, 3, 7): True})
    assert notices.period(date(2026, 3, 2), 5, calendar) == (date(2026, 3, 2), date(2026, 3, 7))


@given(st.dates(YEAR, date(2026, 11, 1)), st.integers(1, 30))
def test_a_notice_has_as_many_working_days_as_it_says_and_begins_and_ends_on_one(put_up: date, days: int) -> None:
    calendar = Calendar()
    first, last = notices.period(put_up, days, calendar)
    assert put_up <= first <= last
    assert calendar.is_working(first) and calendar.is_working(last)
    assert notices.days_of(first, last, calendar) == days
    assert notices.days_left(last, first, calendar) == days
    assert notices.days_left(last, last, calendar) == 1
    assert notices.days_left(last, last + timedelta(days=1), calendar) == 0


def given_papers(*kinds: Paper) -> dict[str, tuple[int, ...]]:
    return {kind.value: (1,) for kind in kinds}


def test_nobody_without_proof_lacks_everything() -> None:
    lacking = Statement(reasons="听说有问题", row="app-1").lacking()
    assert lacking == [Need.KIND, Need.NAME, Need.PHONE, Need.APPLICATION, Need.IDENTITY, Need.PROOF]
    assert all(need.label.startswith(("请", "异议应当")) for need in lacking)


@pytest.mark.parametrize(
    ("kind", "own", "lacking"),
    [
        ("unit", {}, [Need.USCC, Need.CONTACT]),
        ("unit", {"uscc": "91440606722473344C", "contact": "王小明"}, []),
        ("individual", {}, [Need.RESIDENT_ID]),
        ("individual", {"resident_id": "11010519491231002X"}, []),
    ],
)
def test_a_unit_and_an_individual_are_known_by_different_things(kind: str, own: dict[str, str], lacking: list) -> None:
    told = {"row": "app-1", "name": "张三", "phone": "13800138000", "reasons": "有误", "papers": given_papers(*Paper)}
    assert Statement(kind=kind, **told, **own).lacking() == lacking


def test_a_row_that_stands_alone_is_called_by_its_first_cells() -> None:
    assert Line("k", ("1", "某某公司", "300,000")).title == "1 某某公司"
    assert Line("k", ("", "某某公司")).title == "某某公司"
