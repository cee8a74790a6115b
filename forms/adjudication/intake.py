"""The check of a request before it is docketed: ours or not, complete or not, and what is proposed (order 81, 12, 16, 20)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import statute
from app.domain.disputes import Authority, Competence, RefusalReason, RightType
from app.domain.periods import Regime
from forms.base import TaskForm
from forms.choices import OneField, SomeField, labelled, worded
from forms.correction import CorrectMaterials
from forms.fields import FilesField, LinesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form

_CORRECTION = statute.rule("adjudication.correction").term(Regime.ORDER81)

POINTS = worded(
    standing=_l("请求人是专利权人或者利害关系人，有相应证明"),
    respondent=_l("有明确的被请求人，且只有一名"),
    patent=_l("只涉及一项专利，专利权有效"),
    claims=_l("有明确的请求事项和具体事实、理由，写明了主张的权利要求"),
    jurisdiction=_l("属于本局受案范围和管辖"),
    no_suit=_l("各方未起诉，也没有约定其他解决方式"),
)
MISSING = _l("还有要点没有勾选；不符合的，请选择补正或者建议不予受理")
REASONS = [r for r in RefusalReason if r is not RefusalReason.NO_DECISION]


@task_form("confirm_adjudication")
class ConfirmAdjudication(TaskForm):
    """Keep the request, or send it to the competent authority."""

    intro = _l("按权利类型和影响范围，这一请求可能不由本局裁决。请核定由谁处理。")
    law = _l("依据：《广东省知识产权保护条例》第四条。")
    patent_law = _l("依据：《广东省知识产权保护条例》第四条；《中华人民共和国专利法》第六十五条、第七十条。")
    submit_label = _l("提交核定结论")
    branch = ("competence",)

    competence = OneField(
        _l("核定结论"),
        labelled((Competence.OURS, Competence.TRANSFER)),
        required=_l("请选择核定结论"),
    )
    authority = OneField(
        _l("转送机关"), labelled(Authority), when="competence=transfer", required=_l("请选择转送的机关")
    )
    reason = TextBlock(
        _l("理由"),
        max_length=2000,
        required=_l("请写明理由，请求人会在通知书上看到"),
        description=_l("转送的，请一并写明请求人还可以怎样维权"),
    )


def _conclusions(form: Any, _field: Any) -> list[SelectChoice]:
    """Correction is asked for once and completely; after that it is proposed to docket or to refuse."""
    choices = worded(docket=_l("建议立案"), correct=_l("需要补正（一次性告知）"), refuse=_l("建议不予受理"))
    return [c for c in choices if c.value != "correct" or not form.known.get("corrected")]


@task_form("examine_request")
class ExamineRequest(TaskForm):
    """Ask once and completely for what is missing, or propose to docket or to refuse (D05, D06, D09)."""

    intro = _l("请对照请求书和材料逐项核对，再提出意见；立案或者不予受理，由处（科）室负责人审核、部门负责人批准。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第十二条、第十六条、第二十条——收到请求书之日起 5 个工作日内立案或者不予受理。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第十条、第十三条——收到请求书之日起 5 个工作日内立案或者不予受理。")
    submit_label = _l("提交审查意见")
    needs = ("corrected", "right_filed_on", "today")
    branch = ("check",)
    rules = (_l("建议立案的，全部核对要点应当勾选。"), _l("理由包括“其他”的，应当写明说明。"))

    check = OneField(_l("审查意见"), _conclusions, required=_l("请选择审查意见"))
    points = SomeField(
        _l("核对要点"),
        POINTS,
        required=MISSING,
        required_when="check=docket",
        description=_l("勾选已经核对、符合要求的各项；证据是否充分，不是立案的条件"),
    )
    items = LinesField(
        _l("补正清单"),
        when="check=correct",
        required=_l("请写明每一项缺什么、怎样补，一行一项"),
        description=_l("通知书会按行编号，并写明期限与逾期后果。"),
    )
    report = TickField(
        _l("同时要求提交专利权评价报告"),
        when="check=correct",
        description=_l("限于实用新型、外观设计专利；无正当理由不提交的，可以不予受理"),
    )
    right_filed_on = IsoDateField(
        _l("专利的申请日"), tense="past", when="report", required=_l("请填写专利的申请日，列入通知书")
    )
    days = WholeField(
        _l("补正期限（日）"),
        least=_CORRECTION.least or 1,
        most=_CORRECTION.most or 30,
        default=statute.length("adjudication.correction"),
        when="check=correct",
        required=_l("请填写补正期限"),
    )
    reasons = SomeField(
        _l("不予受理的理由"), labelled(REASONS), when="check=refuse", required=_l("请勾选不予受理的理由")
    )
    explanation = TextBlock(
        _l("说明"), max_length=2000, when="check=refuse", description=_l("写明具体情况，请求人会在通知书上看到")
    )
    summary = TextBlock(
        _l("案情简介"), max_length=3000, when="check=docket|refuse", required=_l("请写明案情简介，列入审批表")
    )
    opinion = TextBlock(
        _l("承办人意见"), max_length=2000, when="check=docket|refuse", required=_l("请写明承办人意见，列入审批表")
    )

    def prefill(self) -> dict[str, Any]:
        """Return the filing date that the request gave."""
        return {"right_filed_on": self.known.get("right_filed_on")}

    def check_together(self) -> None:
        """A request is put forward only when every point is in order; "other" needs words; reports are of some patents."""
        if self.check.data == "docket" and 0 < len(self.points.data) < len(POINTS):
            self.refuse("points", MISSING)
        if self.holds(f"reasons={RefusalReason.OTHER}") and self.explanation.blank:
            self.refuse("explanation", _l("选择“其他”的，请写明不予受理的具体理由"))
        if self.holds("report") and self.known.get("right_type") == RightType.INVENTION:
            self.refuse("report", _l("发明专利没有专利权评价报告，不能要求提交"))


@task_form("correct_request")
class CorrectRequest(CorrectMaterials):
    """Hand in what the correction notice asks for; a request for a decision names one respondent, and no money."""

    left_out = ("amount_claimed", "added", "dropped")
    needs = ("asked", "named", "on_paper")

    claims = TextField(_l("更正后的权利要求"), description=_l("主张的权利要求的序号；没有变化的不填"))
    report_files = FilesField(_l("专利权评价报告"), description=_l("通知要求提交的，在这里上传"))
