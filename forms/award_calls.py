"""Calls for awards: what one says, more money for it, and the two questions that anybody may ask of the schedule."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.awards import grants
from app.domain.awards.calls import CallMode
from app.domain.awards.kinds import Applicant, Item
from forms.base import TaskForm
from forms.choices import OneField, SomeField, from_fact, labelled
from forms.fields import TextBlock, TextField, TickField
from forms.parsed import IsoDateField, MoneyField, WholeField
from forms.registry import task_form


@task_form("desk:award_call")
class AwardCall(TaskForm):
    """What may be applied for, when, and with how much money."""

    title = _l("申报通知")
    intro = _l("一人起草，另一人发布；发布后只能追加预算，不能修改。")
    submit_label = _l("保存")
    needs = ("awards",)
    rules = (_l("截止日期不早于开始日期，也不早于今天；每个奖项在开始之日应有标准。"),)

    heading = TextField(
        _l("标题"), max_length=120, required=_l("请填写标题"), description=_l("例如：2026 年度专利奖励申报")
    )
    mode = OneField(_l("方式"), labelled(CallMode), required=_l("请选择方式"), default=CallMode.APPLICATION.value)
    awards = SomeField(_l("奖项"), from_fact("awards"), required=_l("请至少选择一个奖项"))
    opens_on = IsoDateField(_l("开始日期"), required=_l("请填写开始日期"))
    closes_on = IsoDateField(
        _l("截止日期"), required=_l("请填写截止日期"), description=_l("当日 23:59:59 前提交的为按期")
    )
    budget = MoneyField(_l("预算（元）"), required=_l("请填写预算"), description=_l("可以写成 5000000 或者 500万"))
    experts = TickField(
        _l("经第三方专家评审"), when="mode=application", description=_l("抽取专家按评分表独立评分，供审核参考")
    )
    members_only = TickField(_l("只限培优名录内的单位"))
    audience = TextBlock(
        _l("申报对象的说明"), max_length=1000, description=_l("奖项标准已写明的主体以外，需要说明的条件；没有的不填")
    )
    notes = TextBlock(_l("其他说明"), max_length=2000, description=_l("例如咨询方式、获奖的年度范围"))

    def check_together(self) -> None:
        """The window has a beginning and an end, in that order."""
        if self.opens_on.data and self.closes_on.data and self.closes_on.data < self.opens_on.data:
            self.refuse("closes_on", _l("截止日期早于开始日期"))
        if self.budget.data is not None and not self.budget.data:
            self.refuse("budget", _l("预算应当大于 0"))


@task_form("desk:award_budget")
class AwardBudget(TaskForm):
    """More money for a call."""

    title = _l("追加预算")
    submit_label = _l("追加")

    amount = MoneyField(_l("追加的金额（元）"), required=_l("请填写金额"))
    reason = TextBlock(_l("依据"), max_length=500, required=_l("请写明依据，例如批准追加的文件及文号"))


@task_form("desk:award_fit")
class AwardFit(TaskForm):
    """Which award fits: who asks, and what for."""

    title = _l("哪个奖项适合我")
    intro = _l("回答两个问题，列出您可以申报的奖项、金额和材料。")
    submit_label = _l("查看")

    applicant = OneField(_l("您是"), labelled(Applicant), required=_l("请选择您是哪一类申报主体"))
    item = OneField(_l("为什么申报"), labelled(Item), description=_l("不确定的可以不选，列出全部"))


@task_form("desk:award_estimate")
class AwardEstimate(TaskForm):
    """What an award comes to, for numbers that somebody has in mind."""

    title = _l("估算金额")
    submit_label = _l("估算")
    needs = ("percent", "several", "capped", "ceiling")

    base = MoneyField(
        _l("实际金额（元）"),
        present_if="percent",
        required=_l("请填写实际金额"),
        description=_l("合同实际成交的金额，或者实际支付的保费"),
    )
    items = WholeField(
        _l("件（项）数"), least=1, most=grants.MOST_ITEMS, default=1, present_if="several", required=_l("请填写件数")
    )
    approved = MoneyField(
        _l("预计核定的金额（元）"),
        present_if="ceiling",
        required=_l("请填写金额"),
        description=_l("由审核确定，不超过上限"),
    )
    already = MoneyField(_l("同一年度已获这一奖项的金额（元）"), present_if="capped", description=_l("没有的不填"))
