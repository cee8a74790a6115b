"""The agreement: drafted, confirmed by each party, issued."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain import sums
from app.domain.mediation import AgreementChoice
from forms.base import TaskForm
from forms.choices import OneField, YesNoField, labelled
from forms.fields import LinesField, SignedFilesField, TextBlock, TextField
from forms.parsed import IsoDateField, MoneyField
from forms.registry import task_form
from forms.text import Said, listed


@task_form("draft_agreement")
class DraftAgreement(TaskForm):
    """Put what was agreed into words."""

    intro = _l("请按调解结果起草协议，各方确认后盖章签发。")
    mediates = True
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十五条、第六十七条、第六十九条。")
    submit_label = _l("送各方确认")
    needs: tuple[str, ...] = ("partial", "today", "last_draft")

    terms = LinesField(
        _l("协议条款"),
        max_length=2000,
        required=_l("请写明协议条款，一行一条"),
        description=_l("一行一条，协议书会按行编号"),
    )
    amount = MoneyField(_l("支付金额（元）"), description=_l("可以写成 180000 或者 18万；没有金额的不填"))
    perform_by = IsoDateField(_l("履行期限"), tense="future", description=_l("最后一日；即时履行完毕的不填"))
    open_points = TextBlock(
        _l("未达成协议的事项"), max_length=2000, present_if="partial", required=_l("请写明未达成协议的事项")
    )

    @property
    def doubts(self) -> list[Said]:
        """Name the sums of the terms where they are not what is to be paid; either may be meant."""
        named = sums.sums_in("\n".join(self.terms.data))
        if not sums.differ(self.amount.data, named):
            return []
        written = listed(_yuan(one) for one in dict.fromkeys(named))
        if self.amount.blank:
            return [_l("条款写明了金额（%(named)s），没有填写支付金额，请核对；不用填写的，照样提交。", named=written)]
        return [
            _l(
                "条款写明的金额（%(named)s）与支付金额（%(amount)s）不一致，请核对；都没有错的，照样提交。",
                named=written,
                amount=_yuan(self.amount.data),
            )
        ]

    def prefill(self) -> dict[str, Any]:
        """Begin with the draft before, so that a revision changes what has to change."""
        return dict(self.known.get("last_draft") or {})


def _yuan(amount: Decimal) -> str:
    return f"¥{amount:,.2f}"


@task_form("confirm_agreement")
class ConfirmAgreement(TaskForm):
    """Say yes or no to the draft, for one party."""

    intro = _l("请仔细阅读协议草案。各方都确认后，协议由本局盖章签发。")
    law = _l("代理人确认协议须有特别授权。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十七条。代理人确认协议须有特别授权。")
    submit_label = _l("提交")
    needs = ("on_paper",)
    final = True
    branch = ("answer",)

    answer = OneField(
        _l("对协议草案的意见"),
        labelled(AgreementChoice),
        required=_l("请选择对协议草案的意见"),
    )
    signed_name = TextField(
        _l("签署人姓名"),
        max_length=80,
        when="answer=confirm",
        required=_l("请填写签署人的姓名，作为确认的签名"),
    )
    comment = TextBlock(
        _l("说明"),
        max_length=2000,
        required=_l("请写明要求怎样修改，或者为什么拒绝"),
        required_when="answer=revise|refuse",
        description=_l("要求修改或者拒绝签署的，请写明内容和理由"),
    )
    files = SignedFilesField(_l("签章的协议书"), description=_l("已在纸质协议上签章的，可以上传扫描件"))


@task_form("issue_agreement")
class IssueAgreement(TaskForm):
    """Seal and issue the agreement, or send the draft back."""

    intro = _l("各方已经确认协议草案，请审批。")
    mediates = True
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十五条、第六十九条。")
    submit_label = _l("提交审批意见")
    branch = ("issued",)

    issued = YesNoField(_l("审批意见"), yes=_l("同意，盖章签发"), no=_l("退回重新起草"), required=_l("请选择审批意见"))
    reason = TextBlock(_l("退回的理由"), max_length=2000, when="issued=no", required=_l("请写明退回的理由"))
