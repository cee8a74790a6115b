"""The programme's targets: what is reported, why it is given back, and what is planned."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.targets import Stage
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled
from forms.fields import FilesField, TextBlock, TextField
from forms.figures import FigureField
from forms.registry import task_form

CITY = "city"  # in place of a district's number


@task_form("desk:target_value")
class TargetValueForm(TaskForm):
    """A value of a target for a year, with what proves it."""

    title = _l("填报数据")
    intro = _l("填报后由市局另一人确认；确认之前不计入统计。")
    submit_label = _l("提交确认")
    needs = ("years", "units")

    year = PickField(_l("年度"), from_fact("years"), ids=True, required=_l("请选择年度"))
    unit = PickField(_l("填报范围"), from_fact("units"), required=_l("请选择填报范围"))
    value = FigureField(_l("数值"), required=_l("请填写数值"), present_if="in_numbers")
    stage = OneField(_l("进展"), labelled(Stage), required=_l("请选择进展"), present_if="in_words")
    words = TextBlock(_l("说明"), max_length=2000, description=_l("统计口径、主要工作和成效"))
    files = FilesField(_l("证明材料"), most=20, weighed=True)
    published = TextField(
        _l("公布处"),
        max_length=300,
        weighed=True,
        description=_l("数据已经公布的，写明在哪里公布，例如统计公报的名称和页码；没有上传材料的，必须填写"),
    )
    reason = TextBlock(
        _l("更正的理由"),
        max_length=500,
        weighed=True,
        description=_l("这一年度的数据已经确认的，必须写明；原来的数据会保留"),
    )

    def check_together(self) -> None:
        """Something proves the value."""
        if not self.files.data and not self.published.data:
            self.refuse("files", _l("请上传证明材料，或者写明数据在哪里公布"))


@task_form("desk:target_return")
class TargetReturn(TaskForm):
    """Why a reported value is given back."""

    title = _l("退回填报的数据")
    submit_label = _l("退回")

    because = TextBlock(_l("退回的理由"), max_length=500, required=_l("请写明退回的理由"))


@task_form("desk:target_plan")
class TargetPlanForm(TaskForm):
    """What is to be reached in a year."""

    title = _l("设定年度计划")
    intro = _l("区局为本区设定，市局为全市设定；原来的计划会保留。")
    submit_label = _l("保存计划")
    needs = ("years", "units")

    year = PickField(_l("年度"), from_fact("years"), ids=True, required=_l("请选择年度"))
    unit = PickField(_l("适用范围"), from_fact("units"), required=_l("请选择适用范围"))
    value = FigureField(_l("计划数值"), required=_l("请填写数值"))
    reason = TextBlock(_l("理由和依据"), max_length=500, required=_l("请写明理由和依据"))
