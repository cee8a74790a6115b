"""Periods as lines with a bar: their lamp, what they are counted from, what is left of one that stands still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

from flask import Flask, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from app import clock
from app.domain import bases, deadlines, lamps, statute
from app.domain.periods import Regime, Term, Unit
from app.models import Deadline
from app.queries import periods as period_queries
from app.services import clocks
from app.web.presenting import cn_date, lamp_of, language
from app.web.words import rule_name, word

Left: TypeAlias = Mapping[int, tuple[int, Unit]]


def install(app: Flask) -> None:
    """Give the line of a period to every template."""
    app.jinja_env.filters["clock_line"] = clock_line


def left_of(session: Session, periods: Iterable[Deadline]) -> Left:
    """Return for each period that stands still how much is left of it, by its id."""
    halted = [d for d in periods if d.state == "paused" and not statute.is_agreed(d.rule)]
    if not halted:
        return {}
    calendar, yesterday = period_queries.calendar_of(session), clock.today() - timedelta(days=1)
    pauses = period_queries.pauses_by_case(session, {d.case_id for d in halted})
    dues = {d.id: clocks.counted(d, calendar, pauses[d.case_id]) for d in halted}
    return {number: (due.left_on(yesterday), due.unit) for number, due in dues.items()}


def explained(session: Session, deadline: Deadline) -> list[dict[str, Any]]:
    """Return how a due date was counted, day by day; nothing where a notice or the agreement names it."""
    if statute.is_agreed(deadline.rule):
        return []
    pauses = period_queries.pauses_of(session, deadline.case_id)
    due = clocks.counted(deadline, period_queries.calendar_of(session), pauses)
    return deadlines.explain(due, language())


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A period as one line: its name, its lamp, its last day, how much has run, the text that gives it.

    ``starts`` names what it is counted from; empty where a notice or the agreement names the day, which ``named`` then
    says. ``ended`` says when something ended it before its last day had passed; then nothing runs any more, and there
    is no bar.
    """

    title: str
    lamp: lamps.Lamp
    due: date
    provisional: bool
    segments: tuple[tuple[float, float, str], ...]
    law: str
    explain_href: str
    starts: str = ""
    named: str = ""
    ended: str = ""


def clock_line(deadline: Deadline, right: str | None, left: Left = MappingProxyType({})) -> ClockLine:
    """Return a period of a case about ``right`` as the page shows it; ``left`` says what periods that stand still have."""
    title = rule_name(deadline.rule)
    if deadline.party is not None:
        title = gettext("%(rule)s（%(party)s）", rule=title, party=deadline.party.name)
    return ClockLine(
        title=title,
        lamp=lamp_of(deadline, *left.get(deadline.id, ())) if deadline.is_open else _ended(deadline),
        due=deadline.due_on,
        provisional=deadline.provisional,
        segments=_segments(deadline) if deadline.is_open else (),
        law=_citation(deadline, right),
        explain_href=url_for("cases.explain", case_id=deadline.case_id, deadline_id=deadline.id),
        starts=_starts(deadline),
        named=_named(deadline),
        ended=_when_ended(deadline),
    )


def _ended(deadline: Deadline) -> lamps.Lamp:
    text = word("ended", deadline.state)
    return lamps.Lamp(lamps.Colour.DONE, text, text)


def _when_ended(deadline: Deadline) -> str:
    if deadline.ended_at is None or deadline.state == "lapsed":
        return ""
    day = cn_date(deadline.ended_at.astimezone(clock.ZONE).date())
    return str(gettext("%(day)s办结", day=day) if deadline.state == "met" else gettext("%(day)s终止", day=day))


def _starts(deadline: Deadline) -> str:
    term = _term(deadline)
    return "" if term is None or statute.is_agreed(deadline.rule) else word("start", term.start)


def _named(deadline: Deadline) -> str:
    term = _term(deadline)
    if term is None or term.note is None or not statute.is_agreed(deadline.rule):
        return ""
    return term.note.within(language())


def _term(deadline: Deadline) -> Term | None:
    rule = statute.RULES.get(deadline.rule)
    return rule.terms.get(Regime(deadline.regime)) if rule else None


def _citation(deadline: Deadline, right: str | None) -> str:
    term = _term(deadline)
    if term is None or not bases.speaks_of(term.citation.zh, right):
        return ""
    return term.citation.en if language() == "en" else term.citation.zh


def _segments(deadline: Deadline) -> tuple[tuple[float, float, str], ...]:
    """How much of the period has run, in percent; late and suspended periods have a colour of their own."""
    until = clock.today()
    whole = max((deadline.due_on - deadline.start_on).days, 1)
    run = min(max((until - deadline.start_on).days, 0), whole)
    kind = "pause" if deadline.state == "paused" else "late" if until > deadline.due_on else "run"
    return ((0, round(100 * run / whole, 1), kind),)
