"""Review: the expert's score, the reviewer's opinion, the conclusion, reconsideration."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import scoring
from app.domain.awards import rubric
from app.domain.awards.applications import Conclusion, Verdict
from forms.base import Entry, TaskForm
from forms.choices import OneField, TopicField, labelled, name_of, worded
from forms.fields import SignedFilesField, TextBlock, TickField
from forms.parsed import MoneyField, WholeField
from forms.registry import task_form
from forms.rows import RowsField


def _criteria(_form: Any, _field: Any) -> list[SelectChoice]:
    return [SelectChoice(c.key, name_of(c.name)) for c in rubric.CURRENT.criteria]


class PointsEntry(Entry):
    """The points for one criterion."""

    first = silent = ("criterion",)

    criterion = TopicField(_l("评分项"), _criteria, required=_l("请指明是哪一个评分项"))
    points = WholeField(_l("评分（0 至 100）"), least=0, most=scoring.MOST, required=_l("请填写 0 至 100 的整数"))


@task_form("score")
class Score(TaskForm):
    """Score the application by the rubric, without knowing how the others do."""

    intro = _l("请独立评分；其他专家的评分在全部提交以后才公开。与申报单位有利害关系的，请申请回避，不要评分。")
    submit_label = _l("提交评分")
    final = True

    points = RowsField(PointsEntry, _l("评分表"), most=20, fixed=True, required=_l("请对每一项评分"))
    text = TextBlock(_l("评审意见"), min_length=5, max_length=2000, required=_l("请写明评审意见"))
    free = TickField(
        _l("本人与申报单位没有任职、投资、合作、亲属等利害关系"), required=_l("有利害关系的不能评分，请申请回避")
    )

    def prefill(self) -> dict[str, Any]:
        """Return a row for each criterion."""
        return {"points": [{"criterion": c.key} for c in rubric.CURRENT.criteria]}

    def check_together(self) -> None:
        """Every criterion is scored."""
        there = {row.form.criterion.data for row in self.points.filled}
        if not self.points.errors and {c.key for c in rubric.CURRENT.criteria} - there:
            self.refuse("points", _l("请对每一项评分"))


@task_form("review")
class Review(TaskForm):
    """Say what one found of the application, without knowing what the other reviewer finds."""

    intro = _l("请独立审核；另一人的意见在两人都提交以后才公开。意见或者金额不一致的，由第三人审核。")
    submit_label = _l("提交审核意见")
    final = True
    needs = ("percent", "several", "ceiling")

    verdict = OneField(_l("审核意见"), labelled(Verdict), required=_l("请选择审核意见"))
    amount = MoneyField(
        _l("核定的实际金额（元）"),
        present_if="percent",
        when=f"verdict={Verdict.SUPPORT}",
        required=_l("请填写核定的实际金额"),
        description=_l("经合同、发票和付款凭证核对的金额，不超过申报的金额"),
    )
    approved = MoneyField(
        _l("核定的资助金额（元）"),
        present_if="ceiling",
        when=f"verdict={Verdict.SUPPORT}",
        required=_l("请填写核定的资助金额"),
        description=_l("不超过这一奖项的上限"),
    )
    items = WholeField(
        _l("核定的件（项）数"),
        least=1,
        most=50,
        default=1,
        present_if="several",
        when=f"verdict={Verdict.SUPPORT}",
        required=_l("请填写核定的件数"),
    )
    text = TextBlock(_l("审核理由"), min_length=5, max_length=2000, required=_l("请写明审核的理由"))

    def prefill(self) -> dict[str, Any]:
        """Begin with what was applied for."""
        return {"items": self.known.get("things") or 1, "amount": self.known.get("base")}


def _conclusions(form: Any, _field: Any) -> list[SelectChoice]:
    """What the review found is approved or sent back; a direct award has no district and no formality check."""
    choices = labelled(Conclusion)
    direct = bool(form.known.get("direct"))
    return [c for c in choices if not (direct and c.value in (Conclusion.DISTRICT, Conclusion.FORMALITY))]


@task_form("approve_review")
class ApproveReview(TaskForm):
    """Let the result of the review stand, or send the application back."""

    intro = _l("请核对推荐意见、审核意见和金额；不同意的，写明理由退回。")
    submit_label = _l("提交结论")
    needs = ("direct",)
    branch = ("conclusion",)

    conclusion = OneField(_l("结论"), _conclusions, required=_l("请选择结论"))
    reason = TextBlock(
        _l("理由"),
        max_length=2000,
        required=_l("不予支持或者退回的，请写明理由"),
        required_when="conclusion=" + "|".join(c for c in Conclusion if c is not Conclusion.SUPPORT),
        description=_l("不予支持的理由会写在通知书上"),
    )


@task_form("reconsideration")
class Reconsideration(TaskForm):
    """Ask that the rejection be reconsidered, or leave it at that."""

    intro = _l("不同意审核结论的，可以申请复核一次；由另外的人员重新审核，或者维持原结论。")
    submit_label = _l("提交")
    needs = ("on_paper",)
    branch = ("reconsideration",)

    reconsideration = OneField(
        _l("您的选择"),
        worded(ask=_l("申请复核"), accept=_l("接受结论，结束申报")),
        required=_l("请选择"),
    )
    reason = TextBlock(
        _l("申请复核的理由"),
        min_length=5,
        max_length=2000,
        when="reconsideration=ask",
        required=_l("请写明申请复核的理由"),
    )
    files = SignedFilesField(_l("补充的材料"))


@task_form("reconsider")
class Reconsider(TaskForm):
    """Let a rejection stand, or have the application reviewed by others."""

    intro = _l("请对照申请复核的理由和原审核意见，作出决定。")
    submit_label = _l("提交决定")

    reconsidered = OneField(
        _l("决定"),
        worded(upheld=_l("维持不予支持的结论"), again=_l("由其他审核人员重新审核")),
        required=_l("请选择决定"),
    )
    reason = TextBlock(_l("理由"), min_length=5, max_length=2000, required=_l("请写明理由"))
