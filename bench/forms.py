"""The forms of the two bench processes: one of eight fields, one of three, one that asks whether to go on."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.choices import OneField, worded
from forms.fields import LinesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, MoneyField, WholeField
from forms.registry import task_form


@task_form("bench_start")
class Begin(TaskForm):
    """Say who asks for what."""

    subject = TextField(_l("事项"), required=_l("请填写事项"))
    organization = WholeField(_l("请求人编号"), least=1, most=2**31 - 1, required=_l("请填写请求人编号"))


@task_form("bench_eight")
class Eight(TaskForm):
    """Eight questions of eight kinds."""

    branch = ("kind",)

    name = TextField(_l("名称"), required=_l("请填写名称"))
    kind = OneField(_l("类型"), worded(design=_l("外观设计"), invention=_l("发明")), required=_l("请选择类型"))
    number = WholeField(_l("件数"), most=1000, required=_l("请填写件数"))
    amount = MoneyField(_l("金额（元）"), required=_l("请填写金额"))
    on = IsoDateField(_l("日期"), tense="past", required=_l("请填写日期"))
    claims = LinesField(_l("请求事项"), required=_l("请填写请求事项"))
    facts = TextBlock(_l("事实和理由"), required=_l("请填写事实和理由"))
    sure = TickField(_l("内容属实"), required=_l("请确认内容属实"))


@task_form("bench_three")
class Three(TaskForm):
    """Three questions."""

    result = OneField(_l("结论"), worded(yes=_l("同意"), no=_l("不同意")), required=_l("请选择结论"))
    on = IsoDateField(_l("日期"), tense="past", required=_l("请填写日期"))
    reason = TextBlock(_l("理由"), required=_l("请填写理由"))


@task_form("bench_again")
class Again(TaskForm):
    """One question: whether to do it once more."""

    again = TickField(_l("再办一次"))


START = {"subject": "电热水壶外观设计侵权", "organization": 1}
EIGHT = {
    "name": "顺德美誉电器股份有限公司",
    "kind": "design",
    "number": 12,
    "amount": "180000.00",
    "on": "2026-03-02",
    "claims": ["停止销售被控产品", "赔偿经济损失"],
    "facts": "请求人在展会上发现被请求人销售与其外观设计相同的电热水壶，已公证购买。",
    "sure": True,
}
THREE = {"result": "yes", "on": "2026-03-02", "reason": "事实清楚，证据充分。"}
