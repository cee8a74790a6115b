"""The periods of a case and what they leave out, side by side on one scale of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext

from app import clock
from app.domain import statute
from app.models import ClockPause, Deadline
from app.services import clocks
from app.web.presenting import cn_date
from app.web.words import rule_name, word

Segment = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A period or a pause as a bar: its name, its days in words, and its parts in percent of the scale.

    A part is (start, width, kind): ``rest`` is still to come, ``run`` is over, ``late`` is beyond the last day,
    ``pause`` does not count, ``today`` is a thin mark.
    """

    title: str
    days: str
    segments: tuple[Segment, ...]
    reason: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The bars of a case and the days at both ends of their scale; empty where nothing has begun."""

    first: date
    last: date
    periods: tuple[TimeBar, ...]
    pauses: tuple[TimeBar, ...]


def scale_of(periods: Sequence[Deadline], pauses: Sequence[ClockPause]) -> TimeScale | None:
    """Return what the tab of periods draws, or nothing where no period has begun."""
    if not periods:
        return None
    today = clock.today()
    first = min([d.start_on for d in periods] + [p.first for p in pauses])
    last = max([d.due_on for d in periods] + [p.last or today for p in pauses] + [today])
    scale = _Scale(first, last, today)
    return TimeScale(
        first,
        last,
        tuple(scale.period(d, pauses) for d in sorted(periods, key=lambda d: (d.start_on, d.due_on, d.id))),
        tuple(scale.pause(p) for p in pauses),
    )


class _Scale:
    """Places days on a line from ``first`` to ``last``, both inside."""

    def __init__(self, first: date, last: date, today: date) -> None:
        self.first = first
        self.days = (last - first).days + 1
        self.today = today

    def period(self, deadline: Deadline, pauses: Sequence[ClockPause]) -> TimeBar:
        ended = deadline.ended_at.astimezone(clock.ZONE).date() if deadline.ended_at else None
        now = min(ended or self.today, self.today)
        parts = [self.part(deadline.start_on, deadline.due_on, "rest")]
        if now >= deadline.start_on:
            parts.append(self.part(deadline.start_on, min(now, deadline.due_on), "run"))
        if now > deadline.due_on and deadline.state != "paused" and not statute.rule(deadline.rule).acts:
            parts.append(self.part(deadline.due_on + timedelta(days=1), now, "late"))
        stops = clocks.stopped_by(deadline)
        for pause in pauses:
            begins, ends = max(pause.first, deadline.start_on), min(pause.last or now, ended or date.max)
            if pause.kind in stops and begins <= ends:
                parts.append(self.part(begins, ends, "pause"))
        title = rule_name(deadline.rule)
        if deadline.party is not None:
            title = gettext("%(rule)s（%(party)s）", rule=title, party=deadline.party.name)
        return TimeBar(title, _between(deadline.start_on, deadline.due_on), (*parts, self.mark()))

    def pause(self, pause: ClockPause) -> TimeBar:
        bar = self.part(pause.first, pause.last or self.today, "pause")
        days = _between(pause.first, pause.last)
        reason = gettext(pause.reason) if pause.reason else ""  # what the product itself gives as one has its words
        return TimeBar(word("pause", pause.kind), days, (bar, self.mark()), reason, pause.document_id)

    def part(self, first: date, last: date, kind: str) -> Segment:
        start = 100 * (first - self.first).days / self.days
        width = 100 * ((last - first).days + 1) / self.days
        return (round(start, 2), round(width, 2), kind)

    def mark(self) -> Segment:
        return (round(100 * (self.today - self.first).days / self.days, 2), 0.4, "today")


def _between(first: date, last: date | None) -> str:
    if last is None:
        return str(gettext("%(day)s起", day=cn_date(first)))
    return str(gettext("%(first)s 至 %(last)s", first=cn_date(first), last=cn_date(last)))
