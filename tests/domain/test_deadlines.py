"""How a period is counted: the rule's unit, pauses, extensions, the end on a day off, the last second."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.clock import ZONE
from app.domain import statute
from app.domain.calendar import Calendar
from app.domain.deadlines import Due, Pause, compute, due_at, explain, in_time, remaining
from app.domain.errors import RuleBroken
from app.domain.periods import Extension, Length, Regime, Rule, Term, Unit, regime_on
from app.domain.roles import Role
from app.domain.texts import Text

PLAIN = Calendar()
WORDS = Text("试", "trial")


def a_rule(n: int, unit: Unit, *extensions: Length | None, before: bool = False, counts_first: bool = False) -> Rule:
    ladder = tuple(Extension(length, Role.DIRECTOR, WORDS, WORDS) for length in extensions)
    term = Term(
        citation=WORDS,
        start="request_received",
        length=Length(n, unit),
        exclusions=frozenset({"suspension"}),
        extensions=ladder,
        before=before,
        counts_first=counts_first,
    )
    return Rule(key="trial", id="TL00", name=WORDS, terms={Regime.ORDER71: term, Regime.ORDER81: term})


def due(rule: Rule, start: date, calendar: Calendar = PLAIN, **given: object) -> Due:
    return compute(rule, received=start, start=start, calendar=calendar, **given)  # type: ignore[arg-type]


def stopped(first: date, last: date) -> Pause:
    return Pause("suspension", first, last)


@pytest.mark.parametrize(
    ("n", "unit", "start", "end"),
    [
        (5, Unit.WORKING_DAYS, date(2020, 4, 28), date(2020, 5, 8)),
        (5, Unit.WORKING_DAYS, date(2020, 9, 29), date(2020, 10, 13)),
        (20, Unit.WORKING_DAYS, date(2026, 1, 30), date(2026, 3, 5)),
        (15, Unit.DAYS, date(2020, 4, 17), date(2020, 5, 6)),  # 2 May is a day off
        (3, Unit.MONTHS, date(2020, 11, 30), date(2021, 3, 1)),  # 28 February is a Sunday
        (1, Unit.MONTHS, date(2026, 1, 31), date(2026, 2, 28)),  # a Saturday worked for the festival
        (1, Unit.MONTHS, date(2028, 1, 31), date(2028, 2, 29)),
        (3, Unit.YEARS, date(2024, 2, 29), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (15, Unit.DAYS, date(2026, 9, 29), date(2026, 10, 14)),
        (2, Unit.DAYS, date(2026, 9, 30), date(2026, 10, 8)),  # ends inside the long holiday
        (2, Unit.DAYS, date(2026, 2, 12), date(2026, 2, 14)),  # ends on a make-up Saturday
    ],
)
def test_a_period_ends_where_the_law_says(n: int, unit: Unit, start: date, end: date) -> None:
    assert due(a_rule(n, unit), start).due == end


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2021, 3, 25), date(2021, 3, 31)),
        (date(2019, 6, 18), date(2019, 6, 24)),
        (date(2020, 8, 24), date(2020, 8, 28)),
        (date(2021, 9, 26), date(2021, 9, 30)),
    ],
)
def test_a_public_notice_counts_its_first_day(first: date, last: date) -> None:
    assert due(statute.rule("publicity"), first).due == last


def test_days_of_a_pause_are_walked_over() -> None:
    answer = due(a_rule(15, Unit.DAYS), date(2026, 3, 2), pauses=[stopped(date(2026, 3, 10), date(2026, 3, 19))])
    assert answer.due == date(2026, 3, 27)


def test_overlapping_and_adjacent_pauses_count_once() -> None:
    rule, start = a_rule(15, Unit.DAYS), date(2026, 3, 2)
    one = due(rule, start, pauses=[stopped(date(2026, 3, 5), date(2026, 3, 20))])
    several = due(
        rule,
        start,
        pauses=[
            stopped(date(2026, 3, 5), date(2026, 3, 12)),
            stopped(date(2026, 3, 10), date(2026, 3, 15)),
            stopped(date(2026, 3, 16), date(2026, 3, 20)),
        ],
    )
    assert several.due == one.due


def test_a_pause_over_the_whole_period_moves_it_behind_the_pause() -> None:
    start = date(2026, 3, 2)
    answer = due(a_rule(5, Unit.DAYS), start, pauses=[stopped(start, date(2026, 6, 30))])
    assert answer.due == date(2026, 7, 6)  # 5 July is a Sunday


def test_a_pause_outside_the_period_changes_nothing() -> None:
    rule, start = a_rule(5, Unit.WORKING_DAYS), date(2026, 3, 2)
    pauses = [stopped(date(2026, 1, 1), start), stopped(date(2026, 3, 10), date(2026, 3, 12))]
    assert due(rule, start, pauses=pauses) == due(rule, start)


def test_the_end_on_a_day_off_does_not_move_into_a_pause() -> None:
    answer = due(a_rule(5, Unit.DAYS), date(2026, 3, 2), pauses=[stopped(date(2026, 3, 9), date(2026, 3, 10))])
    assert answer.due == date(2026, 3, 11)  # 7 March is a Saturday; Monday and Tuesday are paused


def test_an_extension_in_the_own_unit_lengthens_the_period() -> None:
    rule = a_rule(2, Unit.MONTHS, Length(1, Unit.MONTHS))
    # from 31 December: three months to 31 March, not one month from 28 February
    assert due(rule, date(2024, 12, 31), extensions=1).due == date(2025, 3, 31)


def test_an_extension_in_another_unit_is_counted_on_from_the_due_day() -> None:
    rule = a_rule(5, Unit.WORKING_DAYS, Length(10, Unit.DAYS))
    assert due(rule, date(2026, 3, 2)).due == date(2026, 3, 9)
    assert due(rule, date(2026, 3, 2), extensions=1).due == date(2026, 3, 19)


def test_a_granted_extension_may_be_shorter_than_the_ladder_but_not_longer() -> None:
    rule = a_rule(15, Unit.DAYS, Length(10, Unit.DAYS), None)
    assert due(rule, date(2026, 3, 2), extensions=[Length(4, Unit.DAYS)]).due == date(2026, 3, 23)
    granted = [Length(10, Unit.DAYS), Length(2, Unit.WORKING_DAYS)]
    assert due(rule, date(2026, 3, 2), extensions=granted).due == date(2026, 3, 31)
    for wrong in (Length(11, Unit.DAYS), Length(1, Unit.MONTHS), Length(0, Unit.DAYS)):
        with pytest.raises(RuleBroken):
            due(rule, date(2026, 3, 2), extensions=[wrong])


def test_a_step_without_a_length_needs_the_decision() -> None:
    with pytest.raises(RuleBroken, match="请写明准予延长的时间"):
        due(a_rule(15, Unit.DAYS, None), date(2026, 3, 2), extensions=1)


def test_beyond_the_ladder_there_is_nothing() -> None:
    with pytest.raises(RuleBroken, match="最多可以延长 1 次"):
        due(a_rule(3, Unit.MONTHS, Length(1, Unit.MONTHS)), date(2026, 3, 2), extensions=2)
    with pytest.raises(RuleBroken, match="不能延长"):
        due(a_rule(3, Unit.MONTHS), date(2026, 3, 2), extensions=1)
    with pytest.raises(RuleBroken, match="负数"):
        due(a_rule(3, Unit.MONTHS), date(2026, 3, 2), extensions=-1)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleBroken, match="早于第一日"):
        stopped(date(2026, 3, 2), date(2026, 3, 1))


def test_a_period_without_end_is_refused() -> None:
    with pytest.raises(RuleBroken, match="超出"):
        due(a_rule(5, Unit.DAYS), date(2026, 3, 2), pauses=[stopped(date(2026, 3, 2), date.max)])
    with pytest.raises(RuleBroken, match="超出"):
        due(a_rule(3, Unit.YEARS), date(9998, 1, 1))


def test_days_before_a_hearing_are_counted_back() -> None:
    hearing = date(2026, 10, 9)  # the Friday after the National Day holiday
    assert due(a_rule(3, Unit.WORKING_DAYS, before=True), hearing).due == date(2026, 9, 29)
    assert due(a_rule(3, Unit.DAYS, before=True), hearing).due == date(2026, 9, 30)
    assert due(a_rule(1, Unit.MONTHS, before=True), date(2026, 3, 31)).due == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("rule", "start", "provisional"),
    [
        (a_rule(15, Unit.DAYS), date(2026, 12, 20), True),  # 4 January 2027: nobody knows yet whether it is worked
        (a_rule(11, Unit.DAYS), date(2026, 12, 20), False),  # 31 December 2026
        (a_rule(20, Unit.WORKING_DAYS), date(2026, 12, 15), True),
        (a_rule(3, Unit.MONTHS), date(2026, 3, 2), False),
        (a_rule(3, Unit.YEARS), date(2026, 3, 2), True),
    ],
)
def test_a_date_that_hangs_on_a_calendar_not_published_yet_says_so(rule: Rule, start: date, provisional: bool) -> None:
    assert due(rule, start).provisional is provisional


def test_a_date_is_settled_when_its_year_has_been_entered() -> None:
    rule, start = a_rule(15, Unit.DAYS), date(2026, 12, 20)
    entered = due(rule, start, Calendar({date(2027, 1, 4): False}, published=[2027]))
    assert (entered.due, entered.provisional) == (date(2027, 1, 5), False)


def test_the_office_calendar_moves_a_date() -> None:
    assert due(a_rule(5, Unit.WORKING_DAYS), date(2026, 3, 2), Calendar({date(2026, 3, 9): False})).due == date(
        2026, 3, 10
    )


def test_the_regime_follows_the_day_of_receipt() -> None:
    assert regime_on(date(2025, 1, 31)) is Regime.ORDER71
    assert regime_on(date(2025, 2, 1)) is Regime.ORDER81


def test_the_last_second_of_the_last_day_is_in_time_and_midnight_is_not() -> None:
    last = date(2026, 10, 14)
    assert in_time(datetime(2026, 10, 14, 23, 59, 59, 999999, tzinfo=ZONE), last)
    assert not in_time(datetime(2026, 10, 15, tzinfo=ZONE), last)
    assert due_at(last).isoformat() == "2026-10-15T00:00:00+08:00"


def test_what_is_left_is_said_in_the_unit_of_the_period() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert remaining(monday, friday, PLAIN, Unit.WORKING_DAYS) == 1
    assert remaining(monday, friday, PLAIN, Unit.DAYS) == 3
    assert remaining(friday, monday, PLAIN, Unit.WORKING_DAYS) == -1
    assert remaining(friday, monday, PLAIN, Unit.MONTHS) == -3


def test_a_stopped_clock_knows_what_it_has_left() -> None:
    answer = due(a_rule(15, Unit.DAYS), date(2026, 3, 2), pauses=[stopped(date(2026, 3, 7), date(2026, 3, 20))])
    assert answer.left_on(date(2026, 3, 6)) == answer.left_on(date(2026, 3, 20)) == 11
    assert answer.left_on(answer.due) == 0


def test_every_day_of_the_walk_is_explained() -> None:
    answer = due(a_rule(3, Unit.DAYS), date(2026, 9, 29), pauses=[stopped(date(2026, 9, 30), date(2026, 9, 30))])
    assert explain(answer)[:4] == [
        {"date": "2026-09-30", "n": None, "note": "中止期间不计入"},
        {"date": "2026-10-01", "n": 1, "note": "国庆节放假"},
        {"date": "2026-10-02", "n": 2, "note": "国庆节放假"},
        {"date": "2026-10-03", "n": 3, "note": "国庆节放假，期满日顺延"},
    ]
    assert explain(answer)[-1] == {"date": "2026-10-08", "n": None, "note": "顺延至此日期满"}
    assert explain(answer, "en")[0]["note"] == "not counted: suspension"


def test_a_working_day_period_names_the_days_it_leaves_out() -> None:
    rows = explain(due(a_rule(2, Unit.WORKING_DAYS), date(2026, 9, 30)))
    assert [row["n"] for row in rows] == [*[None] * 7, 1, 2]
    assert explain(due(a_rule(1, Unit.WORKING_DAYS), date(2026, 2, 13))) == [
        {"date": "2026-02-14", "n": 1, "note": "调休上班（春节）"}
    ]


def test_the_answer_can_be_written_as_json() -> None:
    answer = compute(
        statute.find("TL06"),
        received=date(2026, 9, 20),
        start=date(2026, 9, 29),
        calendar=PLAIN,
    ).as_json()
    assert answer["due"] == "2026-10-14"
    assert answer["regime"] == "order81"
    assert answer["provisional"] is False
    assert [day["n"] for day in answer["days"]] == list(range(1, 16))


def test_the_warning_comes_three_working_days_ahead_or_at_a_fifth_of_the_period() -> None:
    short = due(statute.rule("mediation.statement"), date(2026, 3, 2))
    assert (short.due, short.warn_on) == (date(2026, 3, 17), date(2026, 3, 12))
    long = due(a_rule(100, Unit.DAYS), date(2026, 3, 2))
    assert (long.due, long.warn_on) == (date(2026, 6, 10), date(2026, 5, 22))  # 19 of 100 days left
    assert due(a_rule(3, Unit.WORKING_DAYS), date(2026, 3, 2)).warn_on == date(2026, 3, 2)
    ahead = due(a_rule(3, Unit.WORKING_DAYS, before=True), date(2026, 3, 20))
    assert (ahead.due, ahead.warn_on) == (date(2026, 3, 17), date(2026, 3, 12))


def test_a_pause_moves_the_warning_with_the_end() -> None:
    rule, start = a_rule(100, Unit.DAYS), date(2026, 3, 2)
    pause = stopped(date(2026, 5, 25), date(2026, 7, 24))
    answer = due(rule, start, pauses=[pause])
    assert answer.warn_on == date(2026, 5, 22)
    assert answer.left_on(date(2026, 5, 22)) == 19
    assert answer.due - due(rule, start).due >= timedelta(days=61)
