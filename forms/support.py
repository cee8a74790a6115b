"""The register of supports without an amount: an entry, and what is right in its place."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.identifiers import uscc
from app.domain.supports import Support
from forms.base import TaskForm
from forms.choices import PickField, labelled
from forms.fields import FilesField, IdentifierField, TextBlock, TextField
from forms.parsed import IsoDateField, MoneyField
from forms.registry import task_form


@task_form("desk:support")
class SupportForm(TaskForm):
    """What was given to whom, when, and what proves it."""

    title = _l("登记支持")
    intro = _l("方案没有写明金额的支持在这里登记；系统不计算金额。")
    submit_label = _l("登记")

    kind = PickField(_l("支持事项"), labelled(Support), required=_l("请选择支持事项"))
    receiver = TextField(_l("受支持的单位"), required=_l("请填写单位名称"))
    uscc = IdentifierField(_l("统一社会信用代码"), reader=uscc, description=_l("没有的可以不填"))
    given_on = IsoDateField(_l("给予支持的日期"), tense="past", required=_l("请填写日期"))
    what = TextBlock(_l("给予了什么支持"), max_length=2000, required=_l("请写明给予了什么支持"))
    amount = MoneyField(_l("金额（元）"), description=_l("有金额的如实填写；系统不计算，也不参与汇总"))
    files = FilesField(_l("证明材料"), most=20, weighed=True)
    published = TextField(_l("公布处"), max_length=300, weighed=True, description=_l("没有上传材料的，写明在哪里公布"))
    reason = TextBlock(_l("更正的理由"), max_length=500, present_if="corrects", required=_l("请写明更正的理由"))
