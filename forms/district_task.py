"""Tasks of the districts: what is asked, what is reported, what the assessment says."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.district_tasks import FULL, Outcome
from forms.base import TaskForm
from forms.choices import OneField, PickField, SomeField, from_fact, labelled
from forms.fields import FilesField, TextBlock, TextField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form


@task_form("desk:district_task")
class DistrictTaskForm(TaskForm):
    """A task for one or several districts."""

    title = _l("下达区级任务")
    submit_label = _l("下达")
    needs = ("years", "districts")

    year = PickField(_l("年度"), from_fact("years"), ids=True, required=_l("请选择年度"))
    units = SomeField(_l("区"), from_fact("districts"), ids=True, required=_l("请至少选择一个区"))
    name = TextField(_l("任务名称"), max_length=120, required=_l("请填写任务名称"))
    what = TextBlock(_l("任务内容和要求"), max_length=3000, required=_l("请写明任务内容和要求"))
    section = TextField(_l("方案条目"), max_length=20, required=_l("请填写条目"), description=_l("例如 三(一)"))
    due_on = IsoDateField(_l("完成期限"), tense="future", required=_l("请填写日期"))


@task_form("desk:district_report")
class DistrictReportForm(TaskForm):
    """What a district has done."""

    title = _l("上报完成情况")
    submit_label = _l("上报")

    words = TextBlock(_l("完成情况"), max_length=5000, min_length=10, required=_l("请写明完成情况"))
    files = FilesField(_l("证明材料"), most=20)


@task_form("desk:district_return")
class DistrictReturn(TaskForm):
    """Why a report is given back."""

    title = _l("退回补充")
    submit_label = _l("退回")

    because = TextBlock(_l("退回的理由"), max_length=500, required=_l("请写明退回的理由"))


@task_form("desk:district_assessment")
class DistrictAssessment(TaskForm):
    """What the bureau thinks of it."""

    title = _l("考核")
    submit_label = _l("提交考核结果")

    outcome = OneField(_l("考核结果"), labelled(Outcome), required=_l("请选择考核结果"))
    score = WholeField(_l("得分"), least=0, most=FULL, description=_l("0 至 100 分；不评分的，可以不填"))
    words = TextBlock(_l("评语"), max_length=2000, required=_l("请填写评语"))
