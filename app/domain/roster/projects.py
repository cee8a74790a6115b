"""Project matching and its green channel (programme, part 1: 项目对接制度; measures M09, M10, M14, M15)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled

PROCESS = "project"
MOST_REVISIONS = 2  # how often a unit may be asked to revise what it filed
MOST_RETURNS = 2  # how often an examined project may go back to be guided
MOST_PLACES = 9999
MOST_MONEY = Decimal(10) ** 11  # yuan
LONGEST = 366  # days between the opening and the closing of a call


class Level(Labelled):
    """Which authority sets up the projects of a call."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    CITY = "city", "市级"


class ProjectKind(Labelled):
    """What a call is for."""

    STRATEGY = "strategy", "知识产权战略项目"
    NAVIGATION = "navigation", "企业运营类专利导航"
    INDUSTRY_NAVIGATION = "industry_navigation", "产业规划类专利导航"
    HIGH_VALUE = "high_value", "高价值专利培育"
    QUALITY = "quality", "政府质量奖"
    STANDARD = "standard", "标准制修订"
    MODEL = "model", "示范优势企业"
    OTHER = "other", "其他"


class Stage(Labelled):
    """Where a published call stands on a day."""

    COMING = "coming", "未开始"
    OPEN = "open", "申报中"
    ENDED = "ended", "已截止"


class Channel(Labelled):
    """Which course a project takes; the system says so on the day of filing."""

    GREEN = "green", "绿色通道"
    ORDINARY = "ordinary", "一般通道"


class Result(Labelled):
    """What the upper authority decided."""

    FUNDED = "funded", "立项"
    UNFUNDED = "unfunded", "未立项"


# Only units on the roster are supported in the navigation of enterprises (M15).
FOR_MEMBERS = frozenset({ProjectKind.NAVIGATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a call says. No ``industries``: it is for all; no ``places``: the city may recommend as many as are good.

    ``closes_on`` is the day on which the upper authority itself closes the call.
    """

    title: str
    level: Level
    kind: ProjectKind
    industries: tuple[str, ...]
    conditions: str
    places: int | None
    opens_on: date
    closes_on: date
    members_only: bool
    link: str = ""
    notes: str = ""


def stage(opens_on: date, closes_on: date, today: date) -> Stage:
    """Return where a call with this window stands on ``today``; both days belong to it."""
    if today < opens_on:
        return Stage.COMING
    return Stage.OPEN if today <= closes_on else Stage.ENDED


def refuse_misfits(terms: Terms, today: date) -> None:
    """Raise ``RuleBroken`` beside its field for what cannot be published."""
    if terms.closes_on < terms.opens_on:
        raise RuleBroken("截止日期早于开始日期", field="closes_on")
    if terms.closes_on < today:
        raise RuleBroken("截止日期已过", field="closes_on")
    if (terms.closes_on - terms.opens_on).days >= LONGEST:
        raise RuleBroken("申报期间最长一年", field="closes_on")
    if terms.places is not None and not 0 < terms.places <= MOST_PLACES:
        raise RuleBroken("推荐名额应当是 1 至 %(most)s；不限的不填", field="places", most=MOST_PLACES)
    if terms.kind in FOR_MEMBERS and not terms.members_only:
        raise RuleBroken("企业运营类专利导航只支持培优名录内的企业，应当只限名录内单位", field="members_only")


def channel(*, member: bool) -> Channel:
    """Return the course of a project: that of a member of the roster is the green one."""
    return Channel.GREEN if member else Channel.ORDINARY


def fits(industries: Collection[str], *, members_only: bool, industry: str | None) -> bool:
    """Say whether a call is for a unit; ``industry`` is that of its membership, ``None`` for who is not on the roster.

    The industries say to whom a call is shown first; they keep nobody from filing.
    """
    if industry is None:
        return not members_only and not industries
    return not industries or industry in industries


def refuse_outside(*, opens_on: date, closes_on: date, members_only: bool, member: bool, today: date) -> None:
    """Refuse what is filed before or after its time, and by who is not on the roster where a call is for members only."""
    match stage(opens_on, closes_on, today):
        case Stage.COMING:
            raise RuleBroken("%(day)s 才开始申报", field="call_number", day=opens_on)
        case Stage.ENDED:
            raise RuleBroken("申报已于 %(day)s 截止", field="call_number", day=closes_on)
    if members_only and not member:
        raise RuleBroken("这一项目只限培优名录内的单位申报", field="call_number")
