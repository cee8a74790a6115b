"""Public notices (公示) and objections to them (异议): the words, the days of a notice, and what an objection needs.

The practice followed is that of Guangzhou's intellectual-property funds (notices of 2019 to 2021): five working days
with the first and the last one counted; an objection is in writing, in one's own name and with proof, or it is not
accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.calendar import ONE_DAY, Calendar
from app.domain.labelled import Labelled


class Subject(Labelled):
    """What a notice is about; what follows it is registered under the same word."""

    AWARD_BATCH = "award_batch", "奖励资助"
    ROSTER_BATCH = "roster_batch", "培优名录"


class NoticeState(Labelled):
    """Where a notice stands."""

    OPEN = "open", "公示中"
    CLOSED = "closed", "公示期满"
    WITHDRAWN = "withdrawn", "已撤回"


class Objector(Labelled):
    """Who objects."""

    UNIT = "unit", "单位（法人或者其他组织）"
    INDIVIDUAL = "individual", "个人"


class ObjectionState(Labelled):
    """Where an objection stands."""

    RECEIVED = "received", "已收到"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    ACCEPTED = "accepted", "已受理，待答复"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


UNDECIDED = (ObjectionState.RECEIVED, ObjectionState.ACCEPTED)
DECIDED = (ObjectionState.UPHELD, ObjectionState.DISMISSED)


class Ground(Labelled):
    """Why an objection is not accepted."""

    UNSIGNED = "unsigned", "异议书没有加盖公章或者本人签名"
    NO_IDENTITY = "no_identity", "没有有效的主体资格证明或者身份证明"
    NO_PROOF = "no_proof", "没有与异议内容有关的证明材料"
    UNREACHABLE = "unreachable", "联系方式无效，无法核实"
    NOT_THEIRS = "not_theirs", "异议人否认提出过这份异议"
    UNRELATED = "unrelated", "与公示的内容无关"


class Paper(Labelled):
    """What an objection is handed in with."""

    APPLICATION = "application", "签章的异议书"
    IDENTITY = "identity", "主体资格证明或者身份证明"
    PROOF = "proof", "证明材料"


class Need(Labelled):
    """What an objection cannot do without: the name of what is missing, and the sentence that stands beside it."""

    ROW = "row", "请选择对公示的哪一项有异议"
    KIND = "kind", "请选择以单位还是以个人的名义提出"
    NAME = "name", "异议应当实名提出，请填写单位名称或者本人姓名"
    USCC = "uscc", "请填写单位的统一社会信用代码"
    CONTACT = "contact", "请填写单位的联系人"
    RESIDENT_ID = "resident_id", "请填写本人的居民身份证号码"
    PHONE = "phone", "请填写联系电话，以便核实"
    REASONS = "reasons", "请写明异议的事实和理由"
    APPLICATION = "application", "请上传书面异议书：单位的加盖公章，个人的由本人签名"
    IDENTITY = "identity", "请上传单位的主体资格证明或者本人的身份证明"
    PROOF = "proof", "请上传证明异议的材料"


_OF_EACH = {Objector.UNIT: (Need.USCC, Need.CONTACT), Objector.INDIVIDUAL: (Need.RESIDENT_ID,)}
_OF_ANOTHER = {need for needs in _OF_EACH.values() for need in needs}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of a notice. ``key`` tells it apart for good, so that an objection can name it."""

    key: str
    cells: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the row is called where it stands alone: its first two cells."""
        return " ".join(cell for cell in self.cells[:2] if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody says who objects; ``papers`` are the numbers of the files handed in, by what they are."""

    row: str = ""
    kind: str = ""
    name: str = ""
    uscc: str = ""
    contact: str = ""
    resident_id: str = ""
    phone: str = ""
    email: str = ""
    reasons: str = ""
    papers: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def lacking(self) -> list[Need]:
        """Return what is missing to an objection that can be accepted, in the order of the form."""
        asked = set(_OF_EACH.get(Objector(self.kind), ())) if self.kind in set(Objector) else set()
        return [need for need in Need if (need not in _OF_ANOTHER or need in asked) and not self._has(need)]

    def _has(self, need: Need) -> bool:
        return bool(self.papers.get(need) if need.value in set(Paper) else getattr(self, need))


def period(put_up: date, days: int, calendar: Calendar) -> tuple[date, date]:
    """Return the first and the last day of a notice of so many working days, both of them counted.

    The first is the day on which it is put up, or where that is a day off the next working day.
    """
    first = last = calendar.on_or_after(put_up)
    for _ in range(days - 1):
        last = calendar.on_or_after(last + ONE_DAY)
    return first, last


def days_of(first: date, last: date, calendar: Calendar) -> int:
    """Return how many working days a notice has, the first and the last one counted."""
    return calendar.working_days(first - ONE_DAY, last)


def days_left(last: date, today: date, calendar: Calendar) -> int:
    """Return how many working days are left, today and the last one counted; none after the last."""
    return calendar.working_days(today - ONE_DAY, last) if today <= last else 0
