"""Targeted training (programme, measures M11, M49, M52): what units need, courses, who has a place, who gets a certificate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.identifiers import normalise
from app.domain.labelled import Labelled

MOST_PLACES = 300
MOST_HOURS = 200
FULL_MARKS = 100
MOST_PEOPLE_NEEDED = 999
MOST_AT_ONCE = 20
# Letters and digits that nobody mistakes for one another when they read a number from paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE = 8
_CERTIFICATE = re.compile(rf"(20[0-9]{{2}})([{ALPHABET}]{{{CODE}}})")


class Subject(Labelled):
    """What a course is about."""

    PATENTS = "patents", "专利挖掘与布局"
    BRANDS = "brands", "商标品牌"
    SYSTEM = "system", "知识产权管理体系（贯标）"
    DISPUTES = "disputes", "维权诉讼"
    FINANCING = "financing", "质押融资与运营"
    EXECUTIVES = "executives", "高管培训"
    OTHER = "other", "其他"


class Audience(Labelled):
    """Whom of a unit a training is for."""

    EXECUTIVES = "executives", "高管"
    RESEARCH = "research", "研发人员"
    LEGAL = "legal", "法务和知识产权人员"
    MARKETING = "marketing", "市场和品牌人员"
    FINANCE = "finance", "财务人员"
    OTHERS = "others", "其他人员"


class CourseState(Labelled):
    """Where a course stands; whether it can still be signed up for says its day."""

    DRAFT = "draft", "起草中"
    OPEN = "open", "已发布"
    HELD = "held", "已举办"
    CANCELLED = "cancelled", "已取消"


class SeatState(Labelled):
    """How somebody who was signed up stands."""

    SEATED = "seated", "已报名"
    WAITING = "waiting", "候补"
    WITHDRAWN = "withdrawn", "已退出"


LIVE = (SeatState.SEATED, SeatState.WAITING)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a course says."""

    title: str
    subject: Subject
    teacher: str
    provider: str
    venue: str
    begins_at: datetime
    ends_at: datetime
    signup_until: datetime
    hours: Decimal
    places: int
    members_only: bool
    pass_mark: int | None = None
    about: str = ""


def check(terms: Terms) -> None:
    """Refuse a course whose times, hours, places or pass mark cannot be."""
    if terms.ends_at <= terms.begins_at:
        raise RuleBroken("结束时间应当晚于开始时间", field="ends_at")
    if terms.signup_until > terms.begins_at:
        raise RuleBroken("报名截止时间不能晚于开始时间", field="signup_until")
    if not 0 < terms.hours <= MOST_HOURS:
        raise RuleBroken("学时应当大于 0，不超过 %(most)s", field="hours", most=MOST_HOURS)
    if not 1 <= terms.places <= MOST_PLACES:
        raise RuleBroken("名额应当在 1 至 %(most)s 之间", field="places", most=MOST_PLACES)
    if terms.pass_mark is not None and not 1 <= terms.pass_mark <= FULL_MARKS:
        raise RuleBroken("合格分应当在 1 至 %(most)s 之间", field="pass_mark", most=FULL_MARKS)


def check_announced(terms: Terms, now: datetime) -> None:
    """Refuse to announce a course for which nobody could sign up any more."""
    if terms.signup_until <= now:
        raise RuleBroken("报名截止时间已过，请先修改", field="signup_until")


def check_result(attended: bool, points: int | None) -> None:
    """Refuse points that cannot be, and points of somebody who was not there."""
    if points is None:
        return
    if not attended:
        raise RuleBroken("没有到场的，不能有考核得分", field="points")
    if not 0 <= points <= FULL_MARKS:
        raise RuleBroken("考核得分应当在 0 至 %(most)s 之间", field="points", most=FULL_MARKS)


def earns_certificate(attended: bool | None, points: int | None, pass_mark: int | None) -> bool:
    """Say whether somebody gets a certificate: who was there and, where there is a pass mark, reached it."""
    return bool(attended) and (pass_mark is None or (points is not None and points >= pass_mark))


def certificate_number(year: int, code: str) -> str:
    """Return the number of a certificate: ``PX2026-7KQ2M9XF``. Its code is drawn, so that nobody counts through them."""
    return f"PX{year}-{code}"


def read_certificate(text: str) -> str:
    """Return the number of a certificate in its one form, from however it was typed."""
    typed = re.sub(r"\W", "", normalise(text)).removeprefix("PX")
    found = _CERTIFICATE.fullmatch(typed)
    if found is None:
        raise RuleBroken("证书编号应如 PX2026-7KQ2M9XF", field="number")
    return certificate_number(int(found[1]), found[2])
