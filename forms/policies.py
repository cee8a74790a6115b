"""Policies: what one says, its repeal, the topics somebody subscribes to, and what a unit says to a push."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.errors import RuleBroken
from app.domain.policies import Answer, Level, Topic, check_link
from app.domain.roster.members import Industry
from forms.base import TaskForm
from forms.choices import OneField, PickField, SomeField, from_fact, labelled
from forms.fields import FilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.text import refused


def _titles(form: Any, _field: Any) -> list[SelectChoice]:
    """Offer policies by their titles, which are Chinese on every page."""
    return [SelectChoice(str(i), title, {"lang": "zh-CN"}) for i, title in form.known["policies"]]


@task_form("desk:published_policy")
class PolicyForm(TaskForm):
    """What a policy says of itself, and for whom it is."""

    title = _l("扶持政策")
    intro = _l("一人起草，另一人发布；发布后不能修改，只能废止或者由新政策替代。")
    submit_label = _l("保存")
    needs = ("districts", "policies")
    rules = (_l("有效期和申报截止日期晚于发文日期，不早于今天。"),)

    heading = TextField(_l("标题"), max_length=200, required=_l("请填写标题"))
    level = OneField(_l("层级"), labelled(Level), required=_l("请选择层级"))
    issuer = TextField(_l("发文机关"), max_length=120, required=_l("请填写发文机关"))
    document_number = TextField(_l("文号"), max_length=80, description=_l("没有的可以不填"))
    topics = SomeField(_l("主题"), labelled(Topic), required=_l("请至少选择一个主题"))
    issued_on = IsoDateField(_l("发文日期"), tense="past", required=_l("请填写日期"))
    valid_until = IsoDateField(_l("有效期至"), description=_l("没有写明有效期的不填"))
    summary = TextBlock(_l("摘要"), max_length=5000, required=_l("请填写摘要：支持什么、给谁、怎么办"))
    link = TextField(_l("官方原文网址"), max_length=500, description=_l("以 https:// 开头"))
    files = FilesField(_l("附件（PDF）"), most=10)
    calls_for_projects = TickField(_l("这是项目申报指南"))
    closes_on = IsoDateField(
        _l("申报截止日期"), when="calls_for_projects", required=_l("项目申报指南应当写明申报截止日期")
    )
    industries = SomeField(_l("适用的产业"), labelled(Industry), description=_l("不选的，适用于全部产业"))
    districts = SomeField(_l("适用的区"), from_fact("districts"), ids=True, description=_l("不选的，适用于全市"))
    pushes = TickField(
        _l("发布时推送给培优名录内相符的单位"), default=True, description=_l("不选的，以后可以由名录管理人员推送")
    )
    replaces = PickField(_l("替代的政策"), _titles, ids=True, description=_l("这一政策发布后，被替代的政策同时失效"))

    def check_together(self) -> None:
        """Its dates come after its issue, and its address is one of the web."""
        for field in (self.valid_until, self.closes_on):
            if self.asks(field) and field.data and self.issued_on.data and field.data <= self.issued_on.data:
                self.refuse(field.name, _l("这一日期应当晚于发文日期"))
        try:
            check_link(self.link.data or "")
        except RuleBroken as refusal:
            self.refuse("link", refused(refusal))


@task_form("desk:policy_repeal")
class PolicyRepeal(TaskForm):
    """That a policy does not hold any more, from when, and why."""

    title = _l("废止这一政策")
    submit_label = _l("废止")

    ended_on = IsoDateField(_l("自哪一日起废止"), required=_l("请填写日期"))
    reason = TextBlock(_l("废止的依据或者理由"), max_length=500, required=_l("请写明废止的依据或者理由"))


@task_form("desk:policy_topics")
class PolicyTopics(TaskForm):
    """Of which topics somebody wants to hear."""

    title = _l("订阅政策")
    submit_label = _l("保存订阅")

    subscribed = SomeField(_l("有新政策时通知我的主题"), labelled(Topic))


@task_form("desk:policy_receipt")
class PolicyReceipt(TaskForm):
    """What a unit says to what was pushed to it."""

    title = _l("回执")
    submit_label = _l("提交回执")

    answer = OneField(_l("本单位的意见"), labelled(Answer), required=_l("请选择本单位的意见"))
    note = TextBlock(_l("说明"), max_length=500, description=_l("需要辅导的事项、不适用的原因等，可以不填"))
