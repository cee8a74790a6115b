"""After the payment: the unit's receipt, and an account that the bank could not pay into."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from forms.awards.application import AccountFields
from forms.base import TaskForm
from forms.fields import SignedFilesField
from forms.parsed import IsoDateField
from forms.registry import task_form


@task_form("correct_account")
class CorrectAccount(AccountFields):
    """Put the account right."""

    intro = _l("银行退回了这笔款项，请核对并更正收款账户；更正后会再次拨付。")
    submit_label = _l("提交账户")
    needs = ("on_paper", "applicant_name")

    files = SignedFilesField(_l("开户许可证或者银行证明"))

    def prefill(self) -> dict[str, Any]:
        """The account is in the unit's own name."""
        return {"account_name": self.known.get("applicant_name") or ""}


@task_form("confirm_receipt")
class ConfirmReceipt(TaskForm):
    """Say that the money has come."""

    intro = _l("款项已经拨付，请在收到后确认；逾期未确认的，按银行记录视为已经收款。")
    submit_label = _l("确认收款")
    needs = ("on_paper",)

    on = IsoDateField(_l("收款日期"), tense="past", required=_l("请填写收款日期"))
    files = SignedFilesField(_l("收款凭证"))
