"""What the city asks of a district in a year: where it stands, how it is assessed, and what a district's year comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from app.domain.calendar import Calendar
from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled

REMINDED = 5  # working days before the end
FULL = 100
_TENTH = Decimal("0.1")
_A_DAY = timedelta(days=1)


class TaskState(Labelled):
    """Where a task of a district stands."""

    SET = ("set", "待上报")
    REPORTED = ("reported", "待考核")
    RETURNED = ("returned", "退回补充")
    ASSESSED = ("assessed", "已考核")


class Outcome(Labelled):
    """What the assessment comes to."""

    PASSED = ("passed", "通过")
    PARTLY = ("partly", "部分通过")
    FAILED = ("failed", "未通过")


WITH_THE_DISTRICT = frozenset({TaskState.SET, TaskState.RETURNED})


def reminded_on(due: date, calendar: Calendar) -> date:
    """Return the working day after which five more are left, the one that is ``due`` included."""
    day = due
    while calendar.working_days(day, due) < REMINDED or not calendar.is_working(day):
        day -= _A_DAY
    return day


def check_due(due: date, year: int, today: date) -> None:
    """Refuse an end that has passed, or that does not belong to the year of the task."""
    if due < today:
        raise RuleBroken("完成期限不能早于今天", field="due_on")
    if due.year not in (year, year + 1):
        raise RuleBroken("完成期限应当在任务年度之内或者次年之内", field="due_on")


def check_assessment(outcome: Outcome, score: int | None) -> None:
    """Refuse a score that cannot be, and one that contradicts the words beside it."""
    if score is None:
        return
    if not 0 <= score <= FULL:
        raise RuleBroken("得分应当在 0 至 100 之间", field="score")
    if outcome is Outcome.PASSED and score < 60:
        raise RuleBroken("得分不足 60 分的，考核结果不能是“通过”", field="score")
    if outcome is Outcome.FAILED and score >= 60:
        raise RuleBroken("得分 60 分以上的，考核结果不能是“未通过”", field="score")


@dataclass(slots=True)
class Year:
    """The tasks of a district in a year, counted."""

    tasks: int = 0
    reported: int = 0
    late: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    scores: list[int] = field(default_factory=list)

    @property
    def assessed(self) -> int:
        """Return how many are assessed."""
        return sum(self.outcomes.values())

    @property
    def average(self) -> Decimal | None:
        """Return the mean of the scores that were given, to a tenth."""
        if not self.scores:
            return None
        return (Decimal(sum(self.scores)) / len(self.scores)).quantize(_TENTH, ROUND_HALF_UP)

    def count(
        self,
        state: TaskState,
        *,
        due: date,
        reported_on: date | None,
        today: date,
        outcome: Outcome | None,
        score: int | None,
    ) -> None:
        """Count one task in."""
        self.tasks += 1
        self.reported += state in (TaskState.REPORTED, TaskState.ASSESSED)
        self.late += (reported_on or today) > due
        if outcome is not None:
            self.outcomes[outcome] += 1
        if score is not None:
            self.scores.append(score)


def total(years: Iterable[Year]) -> Year:
    """Return what the years of several districts come to together."""
    found = Year()
    for one in years:
        found.tasks += one.tasks
        found.reported += one.reported
        found.late += one.late
        for outcome, number in one.outcomes.items():
            found.outcomes[outcome] += number
        found.scores += one.scores
    return found
