"""Direct awards: the unit's answer, and what becomes of its appeal."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain import identifiers
from app.domain.awards.applications import MOST_ITEMS
from forms.awards.application import ThingEntry
from forms.base import TaskForm
from forms.choices import OneField, YesNoField, worded
from forms.fields import IdentifierField, SignedFilesField, TextBlock, TextField
from forms.parsed import MoneyField
from forms.registry import task_form
from forms.rows import RowsField


@task_form("confirm_grant")
class ConfirmGrant(TaskForm):
    """Confirm name, amount and account; appeal; or waive."""

    intro = _l("本局按认定名单核定了这项奖励，不需要提交材料。请核对右侧的名称、事项和金额，填写收款账户。")
    submit_label = _l("提交")
    needs = ("on_paper", "applicant_name")
    branch = ("confirmation",)

    confirmation = OneField(
        _l("您的答复"),
        worded(confirm=_l("确认无误"), appeal=_l("有异议"), waive=_l("放弃这项奖励")),
        required=_l("请选择答复"),
    )
    account_name = TextField(
        _l("账户名称"),
        when="confirmation=confirm",
        required=_l("请填写账户名称"),
        description=_l("应当与申报单位的名称一致"),
    )
    bank = TextField(_l("开户银行"), max_length=120, when="confirmation=confirm", required=_l("请填写开户银行"))
    account = IdentifierField(
        _l("银行账号"),
        reader=identifiers.bank_account,
        mask="account",
        max_length=40,
        when="confirmation=confirm",
        required=_l("请填写银行账号"),
        description=_l("单位填写对公账户；加密保存，只在拨付时使用"),
    )
    reason = TextBlock(
        _l("异议的内容"),
        min_length=5,
        max_length=2000,
        when="confirmation=appeal",
        required=_l("请写明哪里不对、应当是什么"),
    )
    files = SignedFilesField(_l("证明材料"))

    def prefill(self) -> dict[str, Any]:
        """The account is in the unit's own name."""
        return {"account_name": self.known.get("applicant_name") or ""}


@task_form("settle_appeal")
class SettleAppeal(TaskForm):
    """Put right what the unit found wrong, or say why it stays."""

    intro = _l("请对照认定文件核实单位的异议；异议成立的，填写更正后的事项。")
    submit_label = _l("提交处理结果")

    upheld = YesNoField(_l("处理结果"), yes=_l("异议成立，更正"), no=_l("异议不成立，维持"), required=_l("请选择结果"))
    things = RowsField(
        ThingEntry, _l("更正后的事项"), most=MOST_ITEMS, when="upheld=yes", description=_l("代替原来的全部事项")
    )
    base = MoneyField(
        _l("更正后的实际金额（元）"), when="upheld=yes", description=_l("按比例的奖项填写；没有变化的不填")
    )
    reason = TextBlock(_l("理由"), min_length=5, max_length=2000, required=_l("请写明理由"))
