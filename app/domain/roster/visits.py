"""The yearly visit to each member (measures M12 and M13): what a unit is asked, what is found, who sees to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.states import State
from app.domain.texts import Text

PROCESS = "visit"
LEAST, MOST = 1, 5  # points of satisfaction
MOST_ROUNDS = 12  # of follow-up, before whoever keeps the roster has to look at what is still open
MOST_PROBLEMS = 30
_HUNDREDTH = Decimal("0.01")

# Where a visit has been held and what was found is seen to, or waits for the conclusion.
AFTER_THE_VISIT = frozenset({State.FOLLOWING_UP, State.SUMMING_UP})


class Owner(Labelled):
    """Who is to see to a problem."""

    LIAISON = "liaison", "直联专员"
    KEEPER = "keeper", "名录管理"
    DISTRICT = "district", "区局"


class ProblemState(Labelled):
    """How a problem stands."""

    OPEN = "open", "待解决"
    CLOSED = "closed", "已解决"
    CARRIED = "carried", "转入下一次回访"


class Source(Labelled):
    """Who gave the answers to the questionnaire."""

    UNIT = "unit", "单位自行答复"
    LIAISON = "liaison", "回访时当面记录"


class Standing(Labelled):
    """How a line of the yearly plan stands."""

    PLANNED = "planned", "未开始"
    UNDER_WAY = "under_way", "进行中"
    HELD = "held", "已回访"
    CANCELLED = "cancelled", "已取消"


class CancelGround(Labelled):
    """Why a visit is not held."""

    LEFT = "left", "单位已调出名录"
    OTHER = "other", "其他原因"


@dataclass(frozen=True, slots=True)
class Question:
    """One question and how it is worded."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of the questionnaire: what is scored from 1 to 5, and what is answered in words."""

    version: int
    scored: tuple[Question, ...]
    worded: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """Return the question of that key."""
        return next((one for one in (*self.scored, *self.worded) if one.key == key), None)


# A visit keeps the version it began with; a changed wording is a new version, never a changed one.
QUESTIONNAIRES: Mapping[int, Questionnaire] = MappingProxyType(
    {
        1: Questionnaire(
            1,
            (
                Question(
                    "liaison", Text("直联制度（专人对接、服务包）", "Direct liaison (a person, a service package)")
                ),
                Question(
                    "projects", Text("项目对接制度（推送、绿色通道）", "Project matching (news, the green channel)")
                ),
                Question("training", Text("定向培训制度", "Targeted training")),
                Question("visits", Text("定期回访制度", "Regular visits")),
                Question("policies", Text("扶持政策", "Support policies")),
            ),
            (
                Question("opinions", Text("对培优政策和服务的意见与建议", "Opinions on policies and services")),
                Question("difficulties", Text("发展中遇到的困难和问题", "Difficulties and problems met")),
            ),
        )
    }
)
CURRENT = QUESTIONNAIRES[max(QUESTIONNAIRES)]


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to a questionnaire by the key of the question: points, and words."""

    points: Mapping[str, int]
    words: Mapping[str, str]

    @property
    def mean(self) -> Decimal | None:
        """The mean satisfaction, with two decimals; ``None`` where nothing was scored."""
        return mean(list(self.points.values()))


def read(version: int, points: Mapping[str, int], words: Mapping[str, str]) -> Answered:
    """Return the answers as they are kept. Raises ``RuleBroken`` where a score is missing or cannot be."""
    asked = QUESTIONNAIRES[version]
    for one in asked.scored:
        if not LEAST <= points.get(one.key, 0) <= MOST:
            raise RuleBroken("请对每一项打分，%(least)s 至 %(most)s 分", field="scores", least=LEAST, most=MOST)
    said = {one.key: words.get(one.key, "").strip() for one in asked.worded}
    return Answered({one.key: points[one.key] for one in asked.scored}, {k: text for k, text in said.items() if text})


def mean(points: Sequence[int]) -> Decimal | None:
    """Return the mean of some points with two decimals, half up; ``None`` of nothing."""
    return mean_of(sum(points), len(points))


def mean_of(total: int, count: int) -> Decimal | None:
    """Return the mean of ``count`` points that come to ``total``."""
    return (Decimal(total) / count).quantize(_HUNDREDTH, ROUND_HALF_UP) if count else None


def refuse_bad_day(by_day: date, year: int, today: date) -> None:
    """Refuse a visit that is to be held outside its year, or by a day that has gone."""
    if by_day.year != year:
        raise RuleBroken("最迟回访日应当在 %(year)s 年之内", field="by_day", year=str(year))
    if by_day < today:
        raise RuleBroken("最迟回访日不能早于今天", field="by_day")
