"""The criteria of the roster: one indicator, and what is proposed to be published."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import scoring
from app.domain.roster.criteria import WHOLE, Dimension
from app.domain.roster.table import TOTAL
from forms.base import TaskForm
from forms.choices import PickField
from forms.fields import TextBlock, TextField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form


def _dimensions(_form: Any, _field: Any) -> list[SelectChoice]:
    return [SelectChoice(one.value, _l(one.label)) for one in Dimension]


@task_form("desk:roster_indicator")
class RosterIndicator(TaskForm):
    """What evaluators look at, how much it weighs, and how much of it a unit must have."""

    title = _l("指标")
    intro = _l("每一项由评审人员按 0 至 100 评分；各项权重合计 100。")
    submit_label = _l("保存这一项指标")

    key = TextField(
        _l("指标代码"), max_length=40, required=_l("请填写指标代码"), description=_l("小写英文字母，例如 inventions")
    )
    name = TextField(_l("名称"), max_length=60, required=_l("请填写名称"))
    name_en = TextField(_l("英文名称"), max_length=120, required=_l("请填写英文名称"))
    dimension = PickField(_l("方面"), _dimensions, required=_l("请选择"))
    weight = WholeField(_l("权重（百分比）"), least=1, most=WHOLE - 1, required=_l("请填写权重"))
    least = WholeField(
        _l("最低分"),
        least=1,
        most=scoring.MOST - 1,
        description=_l("平均分低于这一分数的，总分再高也不入围；不填的，没有最低分"),
    )
    asked = TextBlock(_l("评分说明"), max_length=300, required=_l("请写明看什么"))
    asked_en = TextBlock(_l("英文评分说明"), max_length=600, required=_l("请写明看什么"))

    def check_together(self) -> None:
        """A key is a word of small letters that is not that of the total."""
        key = self.key.data
        if key and (not re.fullmatch(r"[a-z][a-z_]{1,39}", key) or key == TOTAL):
            self.refuse("key", _l("代码由小写英文字母和下划线组成，不能是 total"))


@task_form("desk:roster_proposal")
class RosterProposal(TaskForm):
    """From when the new criteria hold, from which total on a unit may be chosen, and why."""

    title = _l("提交发布")
    submit_label = _l("提交发布")

    least = WholeField(
        _l("总分的入围线"),
        least=1,
        most=scoring.MOST - 1,
        required=_l("请填写入围线"),
        description=_l("各评审人员总分的平均分不低于这一分数的，才可以入围"),
    )
    effective_from = IsoDateField(
        _l("生效日期"), required=_l("请填写生效日期"), description=_l("在今天之后；已经开始的批次仍按原来的标准")
    )
    reason = TextBlock(_l("修改理由和依据"), max_length=1000, required=_l("请写明理由和依据"))
