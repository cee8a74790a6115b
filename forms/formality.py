"""The formality check; what comes back after it is in ``correction``."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import statute
from app.domain.bases import is_patent
from app.domain.disputes import RefusalReason
from app.domain.periods import Regime
from forms.base import TaskForm
from forms.choices import OneField, SomeField, labelled, worded
from forms.fields import LinesField, TextBlock
from forms.parsed import WholeField
from forms.registry import task_form

_CORRECTION = statute.rule("mediation.correction").term(Regime.ORDER81)

POINTS = worded(
    standing=_l("请求人是权利人或者利害关系人"),
    respondent=_l("有明确的被请求人"),
    claims=_l("请求事项和事实、理由具体"),
    jurisdiction=_l("属于本局受案范围和管辖"),
    no_suit=_l("各方未起诉，也没有约定其他解决方式"),
)
MISSING = _l("还有要点没有勾选；不符合的，请选择补正或者不予受理")


def _conclusions(form: Any, _field: Any) -> list[SelectChoice]:
    """Correction is asked for once and completely; after that it is accepted or refused."""
    choices = worded(accept=_l("受理，送达被请求人"), correct=_l("需要补正（一次性告知）"), refuse=_l("决定不予受理"))
    return [c for c in choices if c.value != "correct" or not form.known.get("corrected")]


def _reasons(form: Any, _field: Any) -> list[SelectChoice]:
    """Only a patent dispute needs the decision that found infringement before its damages are mediated (art. 64)."""
    right = form.known.get("right_type")
    patent = right is None or is_patent(right)
    return [c for c in labelled(RefusalReason) if patent or c.value != RefusalReason.NO_DECISION]


@task_form("formality_check")
class FormalityCheck(TaskForm):
    """Accept the request, ask once and completely for what is missing, or refuse it."""

    intro = _l("请对照请求书和材料逐项核对，再作出结论。")
    law = _l("应当书面一次性全面告知需要补正的材料和期限。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第十二条、第十六条——应当书面一次性全面告知需要补正的材料和期限。"
    )
    submit_label = _l("提交审查结论")
    needs = ("corrected",)
    branch = ("check",)
    rules = (_l("受理的，全部核对要点应当勾选。"), _l("理由包括“其他”的，应当写明说明。"))

    check = OneField(_l("审查结论"), _conclusions, required=_l("请选择审查结论"))
    points = SomeField(
        _l("核对要点"),
        POINTS,
        required=MISSING,
        required_when="check=accept",
        description=_l("勾选已经核对、符合要求的各项；受理须全部符合"),
    )
    items = LinesField(
        _l("补正清单"),
        when="check=correct",
        required=_l("请写明每一项缺什么、怎样补，一行一项"),
        description=_l("通知书会按行编号，并写明期限与逾期后果。"),
    )
    days = WholeField(
        _l("补正期限（日）"),
        least=_CORRECTION.least or 1,
        most=_CORRECTION.most or 30,
        default=statute.length("mediation.correction"),
        when="check=correct",
        required=_l("请填写补正期限"),
    )
    reasons = SomeField(_l("不予受理的理由"), _reasons, when="check=refuse", required=_l("请勾选不予受理的理由"))
    explanation = TextBlock(
        _l("说明"), max_length=2000, when="check=refuse", description=_l("写明具体情况，请求人会在通知书上看到")
    )

    def check_together(self) -> None:
        """A request is accepted only when every point is in order; "other" needs words."""
        if self.check.data == "accept" and 0 < len(self.points.data) < len(POINTS):
            self.refuse("points", MISSING)
        if self.holds(f"reasons={RefusalReason.OTHER}") and self.explanation.blank:
            self.refuse("explanation", _l("选择“其他”的，请写明不予受理的具体理由"))
