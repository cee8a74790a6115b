"""A project for a call: filing it, guiding, revising, examining and reporting it, and what came of it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.roster.projects import Result
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled, worded
from forms.fields import FilesField, LinesField, SignedFilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, MoneyField
from forms.registry import task_form


@task_form("project")
class FileProject(TaskForm):
    """File a project for a call."""

    title = _l("项目直报")
    intro = _l(
        "选择项目通知，写明项目内容，上传材料。培优名录内的单位走绿色通道，由直联专员优先辅导；是否在名录内由系统核对。"
    )
    submit_label = _l("提交项目")

    call_number = PickField(_l("项目通知"), from_fact("project_calls"), ids=True, required=_l("请选择项目通知"))
    organization = PickField(_l("申报单位"), from_fact("organizations"), ids=True, required=_l("请选择您所代表的单位"))
    heading = TextField(_l("项目名称"), max_length=200, required=_l("请填写项目名称"))
    asked = MoneyField(_l("申请的金额（元）"), description=_l("可以写成 500000 或者 50万；不涉及资金的不填"))
    content = TextBlock(
        _l("项目内容"),
        min_length=10,
        max_length=5000,
        required=_l("请写明项目内容"),
        description=_l("目标、主要工作、基础条件和预期成果"),
    )
    files = FilesField(_l("申报材料"), required=_l("请上传申报材料"))
    truth = TickField(_l("以上内容和材料真实"), required=_l("请确认并勾选"))

    def prefill(self) -> dict[str, Any]:
        """Begin with the call that the page came from, and with the one unit that somebody acts for."""
        own, asked = self.known.get("organizations") or [], str(self.known.get("call") or "")
        data: dict[str, Any] = {"organization": own[0][0]} if len(own) == 1 else {}
        if any(str(number) == asked for number, _ in self.known.get("project_calls") or []):
            data["call_number"] = int(asked)
        return data


class _LiaisonFields(TaskForm):
    """Who is there for the project."""

    needs = ("liaisons",)

    liaison = PickField(_l("直联专员"), from_fact("liaisons"), ids=True, required=_l("请选择直联专员"))


@task_form("assign_liaison")
class AssignLiaison(_LiaisonFields):
    """Give a project to a liaison."""

    intro = _l("申报单位没有直联专员的，请指派一人辅导这一项目。与申报单位有利害关系的不能指派。")
    submit_label = _l("指派")


@task_form("act:change_project_liaison")
class ChangeProjectLiaison(_LiaisonFields):
    """Give a project to another liaison."""

    title = _l("更换直联专员")
    intro = _l("待办的步骤一并移交给新的直联专员。")
    submit_label = _l("更换")

    reason = TextBlock(_l("更换的理由"), max_length=500, required=_l("请写明更换的理由"))


def _guidance(form: Any, _field: Any) -> list[SelectChoice]:
    choices = worded(ready=_l("辅导完成，送推荐审查"), revise=_l("请单位修改完善"))
    return [c for c in choices if c.value != "revise" or form.known.get("may_revise")]


@task_form("guide_project")
class GuideProject(TaskForm):
    """What the liaison advises, and whether the unit is asked to revise."""

    intro = _l("请对照项目通知的条件辅导单位；需要修改的写明改什么，最多请单位修改两次。")
    submit_label = _l("提交辅导记录")
    needs = ("may_revise",)
    branch = ("guidance",)

    guidance = OneField(_l("辅导结果"), _guidance, required=_l("请选择辅导结果"))
    notes = TextBlock(
        _l("辅导记录"),
        min_length=5,
        max_length=4000,
        required=_l("请写明辅导的内容"),
        description=_l("申报单位可以看到"),
    )
    items = LinesField(
        _l("需要修改的内容"),
        when="guidance=revise",
        required=_l("请写明需要修改的内容，一行一项"),
    )


@task_form("revise_project")
class ReviseProject(TaskForm):
    """What the unit changes of its project."""

    intro = _l("请按辅导意见修改；没有变化的不填。期限内没有提交的，按原材料继续办理。")
    submit_label = _l("提交修改")
    needs = ("on_paper",)

    explanation = TextBlock(_l("修改的说明"), max_length=2000, required=_l("请说明修改了什么"))
    heading = TextField(_l("修改后的项目名称"), max_length=200, description=_l("没有变化的不填"))
    asked = MoneyField(_l("修改后的申请金额（元）"), description=_l("没有变化的不填"))
    content = TextBlock(
        _l("修改后的项目内容"), min_length=10, max_length=5000, description=_l("填写后代替原来的全部内容")
    )
    files = SignedFilesField(_l("补充的材料"))


def _examination(form: Any, _field: Any) -> list[SelectChoice]:
    choices = worded(recommended=_l("予以推荐"), not_recommended=_l("不予推荐"), returned=_l("退回辅导"))
    return [c for c in choices if c.value != "returned" or form.known.get("may_return")]


@task_form("examine_project")
class ExamineProject(TaskForm):
    """Recommend a project, decline to, or give it back."""

    intro = _l("请审查项目是否符合通知的条件。予以推荐的占用一个推荐名额；最多退回辅导两次。")
    submit_label = _l("提交审查结论")
    needs = ("may_return",)
    branch = ("examination",)

    examination = OneField(_l("审查结论"), _examination, required=_l("请选择审查结论"))
    opinion = TextBlock(
        _l("审查意见"),
        min_length=5,
        max_length=2000,
        required=_l("请写明审查意见或者理由"),
        description=_l("申报单位可以看到"),
    )


@task_form("report_project")
class ReportProject(TaskForm):
    """That a project went to the upper authority."""

    intro = _l("报送上级部门后在这里登记；以后的结果由您登记。")
    submit_label = _l("登记报送")

    reported_on = IsoDateField(_l("报送日期"), tense="past", required=_l("请填写报送日期"))
    report_number = TextField(
        _l("报送文号"),
        max_length=80,
        required=_l("请填写报送文号或者上级的登记号"),
        description=_l("推荐函的文号或者上级系统的登记号"),
    )


@task_form("record_result")
class RecordResult(TaskForm):
    """What the upper authority decided."""

    intro = _l("上级部门公布结果后在这里登记，项目随即办结。")
    submit_label = _l("登记结果")
    branch = ("result",)

    result = OneField(_l("结果"), labelled(Result), required=_l("请选择结果"))
    result_on = IsoDateField(_l("公布的日期"), tense="past", required=_l("请填写公布结果的日期"))
    granted = MoneyField(_l("立项的金额（元）"), when=f"result={Result.FUNDED}", description=_l("不涉及资金的不填"))
    result_number = TextField(
        _l("立项文号"), max_length=80, when=f"result={Result.FUNDED}", required=_l("请填写立项文号")
    )
    note = TextBlock(_l("说明"), max_length=1000)
    files = FilesField(_l("结果文件"))


@task_form("act:withdraw_project")
class WithdrawProject(TaskForm):
    """Withdraw a project."""

    title = _l("撤回项目")
    intro = _l("报送上级以前可以撤回；撤回后项目办结，需要的可以重新提交。")
    submit_label = _l("撤回")
    needs = ("on_paper",)

    reason = TextBlock(_l("撤回的理由"), max_length=1000, required=_l("请写明撤回的理由"))
    files = SignedFilesField(_l("撤回申请"))


@task_form("act:record_project_milestone")
class RecordProjectMilestone(TaskForm):
    """What a funded project has reached."""

    title = _l("登记项目进展和成果")
    intro = _l("立项以后的里程碑、验收和成果报告在这里登记，材料归入本案。")
    submit_label = _l("登记")

    on = IsoDateField(_l("日期"), tense="past", required=_l("请填写日期"))
    text = TextBlock(_l("进展或者成果"), min_length=5, max_length=2000, required=_l("请写明进展或者成果"))
    files = FilesField(_l("报告和成果材料"))
