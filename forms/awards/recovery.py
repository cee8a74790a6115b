"""After the payment: what the money has done, and taking it back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.awards.recovery import Effect, RecoveryGround
from forms.base import TaskForm
from forms.choices import OneField, YesNoField, labelled
from forms.fields import FilesField, TextBlock
from forms.parsed import IsoDateField, MoneyField, WholeField
from forms.registry import task_form


@task_form("act:record_evaluation")
class RecordEvaluation(TaskForm):
    """Say what the money has done."""

    title = _l("绩效评价")
    intro = _l("抽查资金的使用和效果；发现不应当拨付的，另行提出追回。")
    submit_label = _l("登记评价")

    effect = OneField(_l("评价结果"), labelled(Effect), required=_l("请选择评价结果"))
    text = TextBlock(_l("评价的内容"), min_length=5, max_length=2000, required=_l("请写明评价的内容"))
    files = FilesField(_l("评价材料"))


@task_form("act:propose_recovery")
class ProposeRecovery(TaskForm):
    """Propose to take money back."""

    title = _l("提出追回")
    intro = _l("提出后由部门负责人决定。虚假申报的五年内、严重违法失信的三年内停止申报。")
    submit_label = _l("提出追回")

    ground = OneField(_l("追回的事由"), labelled(RecoveryGround), required=_l("请选择事由"))
    amount = MoneyField(_l("追回的金额（元）"), required=_l("请填写金额"), description=_l("不超过已经拨付的金额"))
    reason = TextBlock(_l("事实和依据"), min_length=5, max_length=2000, required=_l("请写明事实和依据"))
    files = FilesField(_l("证明材料"))


@task_form("act:decide_recovery")
class DecideRecovery(TaskForm):
    """Order or refuse a recovery."""

    title = _l("决定追回")
    submit_label = _l("提交决定")

    ordered = YesNoField(_l("决定"), yes=_l("予以追回"), no=_l("不予追回"), required=_l("请选择决定"))
    days = WholeField(
        _l("退款期限（日）"), least=5, most=90, default=30, when="ordered=yes", required=_l("请填写退款期限")
    )
    reason = TextBlock(_l("理由"), min_length=5, max_length=2000, required=_l("请写明理由"))


@task_form("act:record_repayment")
class RecordRepayment(TaskForm):
    """Say what has come back."""

    title = _l("登记退款")
    submit_label = _l("登记退款")

    amount = MoneyField(_l("退回的金额（元）"), required=_l("请填写金额"))
    on = IsoDateField(_l("到账日期"), tense="past", required=_l("请填写到账日期"))
    files = FilesField(_l("退款凭证"))
