"""Notarial enforceability of an agreement that has money to pay."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.fields import TextField, TickField
from forms.registry import task_form


@task_form("act:apply_notarisation")
class ApplyNotarisation(TaskForm):
    """Make the paper by which the parties ask a notary to make their agreement enforceable."""

    title = _l("申请公证赋予强制执行效力")
    intro = _l("按调解协议生成公证申请书，由各方签章后自行向公证机构提出。是否办理，由公证机构决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十五条、第六十九条。")
    submit_label = _l("生成申请书")

    notary = TextField(
        _l("公证机构"), required=_l("请填写公证机构的名称"), description=_l("例如广东省佛山市某某公证处")
    )
    clause = TickField(
        _l("协议写明了给付的内容，以及不履行时愿意接受强制执行"),
        required=_l("协议没有写明愿意接受强制执行的，不能申请公证赋予强制执行效力"),
    )
