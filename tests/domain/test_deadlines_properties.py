"""The count against a naive one that shares no line with it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import Calendar
from app.domain.deadlines import Due, Pause, compute
from app.domain.periods import Length, Regime, Rule, Term, Unit
from app.domain.texts import Text
from tests.naive import naive

WORDS = Text("试", "trial")
FEW = settings(max_examples=100, deadline=None)

# around the long holidays of 2020 (lengthened), 2021, 2025 and 2026, and over the edge of what is published
STARTS = st.one_of(
    st.dates(date(2020, 1, 10), date(2020, 2, 10)),
    st.dates(date(2021, 9, 10), date(2021, 10, 12)),
    st.dates(date(2025, 1, 15), date(2026, 12, 31)),
)
LENGTHS = st.one_of(
    st.tuples(st.integers(1, 90), st.just(Unit.DAYS)),
    st.tuples(st.integers(1, 60), st.just(Unit.WORKING_DAYS)),
    st.tuples(st.integers(1, 14), st.just(Unit.MONTHS)),
    st.tuples(st.integers(1, 2), st.just(Unit.YEARS)),
)
GAPS = st.lists(st.tuples(st.integers(-10, 120), st.integers(0, 40)), max_size=4)
DECIDED = st.dictionaries(st.integers(0, 120), st.booleans(), max_size=8)


def counted(start: date, n: int, unit: Unit, gaps: list[tuple[date, date]], decided: dict[date, bool]) -> Due:
    term = Term(citation=WORDS, start="accepted", length=Length(n, unit), exclusions=frozenset({"suspension"}))
    rule = Rule(key="trial", id="TL00", name=WORDS, terms={Regime.ORDER71: term, Regime.ORDER81: term})
    pauses = [Pause("suspension", a, b) for a, b in gaps]
    return compute(rule, received=start, start=start, calendar=Calendar(decided), pauses=pauses)


@FEW
@given(STARTS, LENGTHS, GAPS, DECIDED)
def test_the_count_agrees_with_a_naive_one(
    start: date, length: tuple[int, Unit], gaps: list[tuple[int, int]], decided: dict[int, bool]
) -> None:
    paused = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in gaps]
    own = {start + timedelta(days=n): working for n, working in decided.items()}
    assert counted(start, *length, paused, own).due == naive(start, *length, paused, own)


@FEW
@given(STARTS, LENGTHS, GAPS)
def test_the_explanation_walks_every_day_and_counts_without_a_gap(
    start: date, length: tuple[int, Unit], gaps: list[tuple[int, int]]
) -> None:
    answer = counted(start, *length, [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in gaps], {})
    assert [day.date for day in answer.days] == [
        start + timedelta(days=n) for n in range(1, (answer.due - start).days + 1)
    ]
    numbers = [day.n for day in answer.days if day.n is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(day.note for day in answer.days if day.n is None)


@FEW
@given(STARTS, LENGTHS, GAPS)
def test_the_warning_begins_exactly_when_little_is_left(
    start: date, length: tuple[int, Unit], gaps: list[tuple[int, int]]
) -> None:
    answer = counted(start, *length, [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in gaps], {})
    total = sum(day.n is not None for day in answer.days)

    def little_is_left(today: date) -> bool:
        ahead = [day for day in answer.days if day.date > today]
        return sum(day.working for day in ahead) <= 3 or answer.left_on(today) / total < 0.2

    assert little_is_left(answer.warn_on)
    assert start <= answer.warn_on <= answer.due
    if answer.warn_on > start:
        assert not little_is_left(answer.warn_on - timedelta(days=1))


@FEW
@given(STARTS, LENGTHS, GAPS)
def test_another_pause_never_brings_the_end_nearer(
    start: date, length: tuple[int, Unit], gaps: list[tuple[int, int]]
) -> None:
    paused = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in gaps]
    for n in range(len(paused)):
        assert counted(start, *length, paused[: n + 1], {}).due >= counted(start, *length, paused[:n], {}).due
