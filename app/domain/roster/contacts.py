"""Contacts with members (联络台账, measures M05 and M07): of which kind, on which day, and what was promised."""

from __future__ import annotations

from datetime import date

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled


class ContactKind(Labelled):
    """How the office and a member came together."""

    VISIT = "visit", "走访"
    FORUM = "forum", "座谈会"
    BRIEFING = "briefing", "政策宣讲"
    PHONE = "phone", "电话"
    ONLINE = "online", "线上会议"
    CALLER = "caller", "来访"


def check_days(held_on: date, due_on: date | None, done_on: date | None, today: date) -> None:
    """Refuse a day that is still to come, and a promise that is due or kept before it was given."""
    if held_on > today:
        raise RuleBroken("联络的日期不能晚于今天", field="held_on")
    if due_on is not None and due_on < held_on:
        raise RuleBroken("承诺的完成日期不能早于联络的日期", field="due_on")
    check_done(held_on, done_on, today)


def check_done(held_on: date, done_on: date | None, today: date) -> None:
    """Refuse a promise that was kept before it was given, or will be."""
    if done_on is not None and not held_on <= done_on <= today:
        raise RuleBroken("办结的日期应当在联络的日期与今天之间", field="done_on")


def check_promise(promised: str, due_on: date | None, done_on: date | None) -> None:
    """Refuse days of a promise that nobody wrote down, and a promise without a day."""
    if not promised and (due_on is not None or done_on is not None):
        raise RuleBroken("请写明承诺了什么", field="promised")
    if promised and due_on is None:
        raise RuleBroken("请填写承诺的完成日期", field="due_on")
