"""Published policies: what one says, for whom it is, how long it holds, and what a unit answers (measures M06, M23, M57)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.roster.members import Industry

PDF = "application/pdf"


class Level(Labelled):
    """Who made a policy: the tiers that the programme wants to fit together (measure M23)."""

    NATIONAL = "national", "国家"
    PROVINCIAL = "provincial", "省"
    CITY = "city", "市"
    DISTRICT = "district", "区"
    TOWN = "town", "镇街（园区）"


class Topic(Labelled):
    """What a policy is about; people subscribe by it."""

    PATENTS = "patents", "专利"
    TRADEMARKS = "trademarks", "商标"
    INDICATIONS = "indications", "地理标志"
    COPYRIGHT = "copyright", "版权"
    STANDARDS = "standards", "标准化"
    FINANCE = "finance", "融资"
    PROTECTION = "protection", "保护维权"
    TALENT = "talent", "人才培训"
    PROJECTS = "projects", "项目申报"
    AWARDS = "awards", "奖励资助"
    OTHER = "other", "其他"


class Standing(Labelled):
    """Whether a published policy holds on a day."""

    IN_FORCE = "in_force", "有效"
    EXPIRED = "expired", "已失效"
    REPEALED = "repealed", "已废止"
    REPLACED = "replaced", "已被新政策替代"


class Ending(Labelled):
    """How a policy ends before its time."""

    REPEALED = "repealed", "废止"
    REPLACED = "replaced", "被替代"


class Answer(Labelled):
    """What a unit says to a push."""

    NOTED = "noted", "已知晓"
    WILL_APPLY = "will_apply", "拟申报"
    NOT_FOR_US = "not_for_us", "不适用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a policy says of itself. No industries or districts: it is for all of them.

    ``closes_on`` is the last day of a call for projects (项目申报指南), and there is none for any other policy.
    ``pushes`` says that it goes to the members of the roster whom it fits as soon as it is published.
    """

    title: str
    level: Level
    issuer: str
    topics: tuple[Topic, ...]
    issued_on: date
    summary: str
    document_number: str = ""
    industries: tuple[Industry, ...] = ()
    districts: tuple[int, ...] = ()
    valid_until: date | None = None
    link: str = ""
    calls_for_projects: bool = False
    closes_on: date | None = None
    pushes: bool = True
    replaces: int | None = None


def refuse_misfits(terms: Terms, today: date) -> None:
    """Raise ``RuleBroken`` beside its field for what cannot be published."""
    if not terms.topics:
        raise RuleBroken("请至少选择一个主题", field="topics")
    if terms.issued_on > today:
        raise RuleBroken("发文日期晚于今天", field="issued_on")
    if terms.valid_until is not None:
        _refuse_before(terms.valid_until, terms.issued_on, today, "valid_until")
    if terms.calls_for_projects and terms.closes_on is None:
        raise RuleBroken("项目申报指南应当写明申报截止日期", field="closes_on")
    if terms.closes_on is not None:
        _refuse_before(terms.closes_on, terms.issued_on, today, "closes_on")
    check_link(terms.link)


def _refuse_before(day: date, issued_on: date, today: date, field: str) -> None:
    if day <= issued_on:
        raise RuleBroken("这一日期应当晚于发文日期", field=field)
    if day < today:
        raise RuleBroken("这一日期已过", field=field)


def check_link(link: str) -> None:
    """Raise ``RuleBroken`` for an address that is no page of another house over https; an empty one is none."""
    if not link:
        return
    try:
        parts = urlsplit(link)
        sound = link.startswith("https://") and "." in (parts.hostname or "") and not parts.username and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(sign.isspace() or sign in "<>\"'\\" for sign in link):
        raise RuleBroken("请填写以 https:// 开头的网址", field="link")


def standing(valid_until: date | None, ending: str | None, ended_on: date | None, today: date) -> Standing:
    """Return where a published policy stands; it holds on the last day of its validity, and not on that of its end."""
    if ending is not None and ended_on is not None and ended_on <= today:
        return Standing(ending)
    if valid_until is not None and valid_until < today:
        return Standing.EXPIRED
    return Standing.IN_FORCE


@dataclass(slots=True)
class Tally:
    """What came of pushes: how many went out, how many were answered, and how."""

    pushed: int = 0
    answered: int = 0
    will_apply: int = 0
    not_for_us: int = 0

    def count(self, answer: str | None) -> None:
        """Count one push that was answered so; ``None`` for one that was not."""
        self.pushed += 1
        self.answered += answer is not None
        self.will_apply += answer == Answer.WILL_APPLY
        self.not_for_us += answer == Answer.NOT_FOR_US
