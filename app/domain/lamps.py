"""The lamp of a deadline: words first, then a colour. When it turns yellow is decided where the period is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.calendar import Calendar
from app.domain.deadlines import remaining
from app.domain.periods import Unit
from app.domain.texts import Text


class Colour(StrEnum):
    """The colours; the word is never left out."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    DONE = "done"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Lamp:
    """What a lamp shows: its colour and its words, Chinese and English."""

    code: Colour
    text: str
    text_en: str

    def within(self, lang: str) -> str:
        """Return the words in the language of ``lang``."""
        return self.text_en if lang.startswith("en") else self.text


def lamp(
    due: date | None,
    today: date,
    *,
    warn_on: date | None = None,
    unit: Unit = Unit.WORKING_DAYS,
    calendar: Calendar,
    paused: bool = False,
    left: int | None = None,
    done: bool = False,
) -> Lamp:
    """Return the lamp of a deadline on ``today``. ``left``: what a stopped clock has left, where it is known."""
    if done:
        return Lamp(Colour.DONE, "已办结", "Done")
    if paused:
        words = _stopped(left, unit)
        return Lamp(Colour.PAUSED, words.zh, words.en)
    if due is None:
        return Lamp(Colour.NONE, "无期限", "No deadline")
    words = _words(due, today, calendar, unit)
    return Lamp(_colour(due, today, warn_on), words.zh, words.en)


def _colour(due: date, today: date, warn_on: date | None) -> Colour:
    if today > due:
        return Colour.RED
    return Colour.YELLOW if warn_on is not None and today >= warn_on else Colour.GREEN


def _stopped(left: int | None, unit: Unit) -> Text:
    if left is None:
        return Text("已暂停", "Paused")
    amount = _amount(left, unit)
    return Text(f"已暂停 · 余 {amount.zh}", f"Paused · {amount.en} left")


def _words(due: date, today: date, calendar: Calendar, unit: Unit) -> Text:
    days = (due - today).days
    if days == 0:
        return Text("今天到期", "Due today")
    if days == 1:
        return Text("明天到期", "Due tomorrow")
    number, counted = remaining(due, today, calendar, unit), unit
    if number == 0:  # only days off lie between: these are counted instead
        number, counted = days, Unit.DAYS
    amount = _amount(abs(number), counted)
    if days < 0:
        return Text(f"逾期 {amount.zh}", f"{amount.en} overdue")
    return Text(f"还有 {amount.zh}", f"{amount.en} left")


def _amount(n: int, unit: Unit) -> Text:
    plural = "" if n == 1 else "s"
    if unit is Unit.WORKING_DAYS:
        return Text(f"{n} 个工作日", f"{n} working day{plural}")
    return Text(f"{n} 日", f"{n} day{plural}")
