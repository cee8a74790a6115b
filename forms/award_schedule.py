"""The award schedule: one line of it, and what is proposed to be published."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from app.domain.awards import schedule
from app.domain.awards.kinds import Applicant, Evidence, Item, Mode
from app.domain.labelled import Labelled
from forms.base import TaskForm
from forms.choices import PickField, SomeField
from forms.fields import TextBlock, TextField
from forms.parsed import IsoDateField, Parsed, WholeField
from forms.registry import task_form

POINTS = 100  # basis points in one per cent


def _offered(words: type[Labelled]) -> Any:
    return lambda _form, _field: [SelectChoice(one.value, _l(one.label)) for one in words]


class PercentField(Parsed):
    """A rate, typed in per cent (5 or 0.25) and kept in basis points."""

    def parse(self, text: str) -> int:
        written = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%?", text.replace(" ", ""))
        if written is None:
            raise ValueError(str(_l("请填写百分之几，最多两位小数，例如 5 或者 0.25")))
        return int(Decimal(written[1]) * POINTS)

    def show(self, value: int) -> str:
        return f"{(Decimal(value) / POINTS).normalize():f}"

    def inspect(self) -> None:
        if not 0 < self.data <= schedule.WHOLE:
            raise ValidationError(str(_l("比例应当大于 0，不超过百分之百")))

    def from_json(self, value: Any) -> list[str]:
        return [self.show(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)]

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1, "maximum": schedule.WHOLE}


@task_form("desk:award_line")
class AwardLine(TaskForm):
    """What one award gives, to whom and for which papers, from a day on."""

    title = _l("奖项标准")
    intro = _l("同一奖项可以有前后几段标准，各段的日期首尾相接。")
    submit_label = _l("保存这一行")

    award = TextField(
        _l("奖项编号"), max_length=6, required=_l("请填写奖项编号"), description=_l("例如 AW01；新奖项用新的编号")
    )
    name = TextField(_l("名称"), max_length=60, required=_l("请填写名称"))
    name_en = TextField(_l("英文名称"), max_length=120, required=_l("请填写英文名称"))
    since = IsoDateField(_l("适用于这一天起的申报"), required=_l("请填写日期"))
    until = IsoDateField(_l("至这一天为止"), description=_l("当天计算在内；不填的，没有截止日期"))
    mode = PickField(_l("方式"), _offered(Mode), required=_l("请选择"))
    amount = WholeField(
        _l("金额（元）"),
        least=1,
        most=schedule.MOST,
        when="mode=fixed|per_item|one_off|ceiling",
        required=_l("请填写金额"),
        description=_l("每件（项）的金额；限额内核定的，是每件（项）最多多少"),
    )
    rate = PercentField(_l("比例（百分之几）"), when="mode=percent", required=_l("请填写比例"))
    cap = WholeField(
        _l("年度上限（元）"),
        least=1,
        most=schedule.MOST,
        description=_l("同一单位或者个人一年内这一奖项合计最多多少；不填的，没有上限"),
    )
    item = PickField(_l("奖励对象"), _offered(Item), required=_l("请选择"), description=_l("同一个对象只奖励一次"))
    applicants = SomeField(_l("申报主体"), _offered(Applicant), required=_l("请至少选择一类"))
    main_papers = SomeField(_l("主要材料"), _offered(Evidence), required=_l("请至少选择一种"))
    secondary_papers = SomeField(
        _l("次要材料"), _offered(Evidence), description=_l("可以先受理，承诺后补交（容缺受理）")
    )
    section = TextField(_l("方案条目"), max_length=20, required=_l("请填写条目"), description=_l("例如 二(一)5"))
    basis = TextField(_l("依据文件"), max_length=120, description=_l("资金支出所依据的办法及文号"))

    def check_together(self) -> None:
        """An id is an id, days are in order, a paper is main or secondary."""
        if self.award.data and not re.fullmatch(r"[A-Z]{2}[0-9]{2,4}", self.award.data):
            self.refuse("award", _l("编号是两个大写字母加数字，例如 AW21"))
        if self.since.data and self.until.data and self.until.data < self.since.data:
            self.refuse("until", _l("截止日期早于开始日期"))
        if set(self.main_papers.data or []) & set(self.secondary_papers.data or []):
            self.refuse("secondary_papers", _l("同一种材料不能既是主要材料又是次要材料"))


@task_form("desk:award_proposal")
class AwardProposal(TaskForm):
    """From when the new version holds, and why."""

    title = _l("提交发布")
    submit_label = _l("提交发布")

    effective_from = IsoDateField(
        _l("生效日期"), required=_l("请填写生效日期"), description=_l("在今天之后；此前的申报仍按原来的标准")
    )
    reason = TextBlock(_l("修改理由和依据"), max_length=1000, required=_l("请写明理由和依据"))
