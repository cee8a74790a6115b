"""The yearly review of a member: what the unit reports, what is found, what is proposed, what was put right."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain import statute
from app.domain.periods import Regime
from app.domain.roster.reviews import Outcome
from forms.base import TaskForm
from forms.choices import OneField, PickField, YesNoField, from_fact, labelled, worded
from forms.fields import FilesField, LinesField, SignedFilesField, TextBlock
from forms.parsed import WholeField
from forms.registry import task_form
from forms.roster.nomination import FIGURES, Figures

_PUT_RIGHT = statute.rule("roster.put_right").term(Regime.ORDER81)


@task_form("roster_review")
class RosterReview(TaskForm):
    """Open a review between the years."""

    title = _l("开始名录复核")
    intro = _l("年度复核随年度复核批次发布，对名录内的全部单位开始；这里只用于年度之间出现应当复核情形的单位。")
    submit_label = _l("开始复核")
    first = ("member", "reason")

    member = PickField(_l("单位"), from_fact("members"), ids=True, required=_l("请选择名录内的单位"))
    reason = TextBlock(_l("复核的事由"), min_length=5, max_length=500, required=_l("请写明为什么复核"))


@task_form("self_report")
class SelfReport(Figures):
    """Report one's year."""

    intro = _l("请报告上一次入选或者复核以来的情况；逾期未报的，按已掌握的情况评定。")
    submit_label = _l("提交自评")
    needs = ("on_paper",)
    sections = (
        (_l("基本情况"), FIGURES),
        (_l("说明和材料"), ("achievements", "problems", "files")),
    )

    achievements = TextBlock(_l("一年来的成效"), min_length=10, max_length=4000, required=_l("请写明一年来的成效"))
    problems = TextBlock(_l("存在的问题和需要的服务"), max_length=4000)
    files = SignedFilesField(_l("证明材料"))


@task_form("check_facts")
class CheckFacts(TaskForm):
    """Say what one found of the year of a member."""

    intro = _l("请对照自评核实：数字是否属实，有没有失信、非正常专利申请、注销迁出等情形，四项制度参加得怎样。")
    submit_label = _l("提交核实情况")

    found = TextBlock(_l("核实的情况"), min_length=5, max_length=4000, required=_l("请写明核实的情况"))
    files = FilesField(_l("核实材料"), description=_l("单位看不到"))


@task_form("assess_member")
class AssessMember(TaskForm):
    """Propose what follows for a member."""

    intro = _l("请对照自评和核实的情况提出评定意见；批准和公示以后才生效。")
    submit_label = _l("提交评定意见")

    outcome = OneField(_l("评定意见"), labelled(Outcome), required=_l("请选择评定意见"))
    reason = TextBlock(
        _l("理由"),
        min_length=5,
        max_length=2000,
        required=_l("请写明理由"),
        description=_l("会写在结果通知书上"),
    )
    items = LinesField(
        _l("整改事项"),
        when=f"outcome={Outcome.PUT_RIGHT}",
        required=_l("请写明要整改什么，一行一项"),
    )
    days = WholeField(
        _l("整改期限（工作日）"),
        least=_PUT_RIGHT.least or 1,
        most=_PUT_RIGHT.most or 60,
        default=statute.length("roster.put_right"),
        when=f"outcome={Outcome.PUT_RIGHT}",
        required=_l("请填写整改期限"),
    )


@task_form("approve_assessment")
class ApproveAssessment(TaskForm):
    """Let an assessment stand, or send it back."""

    intro = _l("同意的，列入公示；限期整改的，立即通知单位。")
    submit_label = _l("提交决定")
    needs = ("proposed",)
    branch = ("approval",)

    approval = OneField(_l("决定"), worded(agree=_l("同意"), back=_l("退回重新评定")), required=_l("请选择决定"))
    reason = TextBlock(
        _l("退回的理由"),
        min_length=5,
        max_length=2000,
        when="approval=back",
        required=_l("退回的，请写明理由"),
    )


@task_form("put_right")
class PutRight(TaskForm):
    """Report what was put right."""

    intro = _l("请逐项写明整改的情况，并附证明材料；逾期未报的，视为整改不到位。")
    submit_label = _l("报告整改完成")
    needs = ("on_paper",)

    explanation = TextBlock(_l("整改情况"), min_length=5, max_length=4000, required=_l("请写明整改的情况"))
    files = SignedFilesField(_l("证明材料"))


@task_form("examine_putting_right")
class ExaminePuttingRight(TaskForm):
    """Say whether it was put right."""

    intro = _l("整改到位的保留，不到位的拟调出；都列入公示。")
    submit_label = _l("提交验收意见")

    done = YesNoField(
        _l("验收意见"), yes=_l("整改到位，保留"), no=_l("整改不到位，拟调出"), required=_l("请选择验收意见")
    )
    reason = TextBlock(_l("理由"), min_length=5, max_length=2000, required=_l("请写明理由"))
