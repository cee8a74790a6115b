"""Whether the agreement is performed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.mediation import PerformanceFinding
from forms.base import TaskForm
from forms.choices import OneField, labelled
from forms.fields import FilesField, TextBlock, TickField
from forms.parsed import IsoDateField, MoneyField
from forms.registry import task_form


@task_form("performance")
class Performance(TaskForm):
    """Note what was found about performance."""

    intro = _l("请登记协议的履行情况；还在履行的，可以约定下次核实的日期。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十九条。")
    submit_label = _l("登记履行情况")
    needs = ("today",)
    branch = ("finding",)

    finding = OneField(
        _l("履行情况"),
        labelled(PerformanceFinding),
        required=_l("请选择履行情况"),
    )
    on = IsoDateField(_l("查明日期"), tense="past", required=_l("请填写查明日期"))
    amount = MoneyField(_l("已支付金额（元）"), description=_l("到查明日期为止一共支付的金额；分期支付的，写各期之和"))
    waived = TickField(_l("债权人书面放弃余款"), when="finding=performed", description=_l("请上传放弃余款的书面材料"))
    detail = TextBlock(
        _l("具体情况"),
        max_length=2000,
        required=_l("请写明哪些内容没有履行，以及已经怎样催促"),
        required_when="finding=breached",
        description=_l("支付金额超过约定的，请写明原因"),
    )
    next_on = IsoDateField(_l("下次核实的日期"), tense="future", when="finding=waiting")
    files = FilesField(
        _l("证明材料"),
        required=_l("请上传债权人放弃余款的书面材料"),
        required_when="waived",
        description=_l("付款凭证、当事人的确认等"),
    )
