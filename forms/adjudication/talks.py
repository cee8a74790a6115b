"""Mediation inside the case, and talks between the parties themselves (order 81, arts. 35 and 37)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.agreement import ConfirmAgreement, DraftAgreement, IssueAgreement
from forms.base import TaskForm
from forms.choices import OneField, worded
from forms.fields import FilesField, LinesField, TextBlock, TickField
from forms.parsed import IsoDateField, MoneyField
from forms.registry import task_form
from forms.serving import ServeAgreement


@task_form("act:mediate")
class Mediate(TaskForm):
    """Open a mediation inside the case, which both sides consent to."""

    title = _l("案内调解")
    intro = _l("各方同意的，合议组可以在案件办理中主持调解；达不成协议的，继续审理。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十五条、第十六条。")
    submit_label = _l("开始调解")

    consent = TickField(_l("各方当事人都同意调解"), required=_l("须各方当事人都同意，才能调解；都同意的请勾选"))
    reason = TextBlock(_l("各方同意的情况"), max_length=1000, required=_l("请写明各方何时、怎样表示同意"))
    files = FilesField(_l("同意调解的材料"))


@task_form("mediate_inside")
class MediateInside(DraftAgreement):
    """Record what came of the mediation: the terms agreed on, or that there is no agreement."""

    intro = _l("请登记调解的结果；达成一致的，写明协议条款，由各方确认后签发。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十五条、第六十九条。")
    submit_label = _l("提交调解结果")
    needs = ("last_draft", "today")
    branch = ("talks",)
    first = ("talks", "record")
    left_out = ("open_points",)

    talks = OneField(
        _l("调解结果"),
        worded(agreed=_l("达成一致"), failed=_l("未达成一致，继续审理")),
        required=_l("请选择调解的结果"),
    )
    record = TextBlock(_l("调解经过"), max_length=20_000, required=_l("请记录调解的经过"))
    terms = LinesField(
        _l("协议条款"),
        max_length=2000,
        when="talks=agreed",
        required=_l("请写明协议条款，一行一条"),
        description=_l("一行一条，协议书会按行编号"),
    )
    amount = MoneyField(
        _l("支付金额（元）"), when="talks=agreed", description=_l("可以写成 180000 或者 18万；没有金额的不填")
    )
    perform_by = IsoDateField(
        _l("履行期限"), tense="future", when="talks=agreed", description=_l("最后一日；即时履行完毕的不填")
    )


@task_form("confirm_terms")
class ConfirmTerms(ConfirmAgreement):
    """Say yes or no to the terms, for one party."""


@task_form("seal_terms")
class SealTerms(IssueAgreement):
    """Seal and issue the agreement, or send the terms back."""


@task_form("serve_terms")
class ServeTerms(ServeAgreement):
    """Serve the sealed agreement on every party; with it the case ends."""


@task_form("act:settlement_talks")
class SettlementTalks(TaskForm):
    """Stop the closing period while the parties talk among themselves, as they ask (order 81, art. 37)."""

    title = _l("登记和解期间")
    intro = _l("当事人申请自行和解的，和解期间不计入办案期限；从登记之日起停止计算。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十七条。")
    submit_label = _l("登记和解期间")

    reason = TextBlock(_l("申请的情况"), max_length=1000, required=_l("请写明谁、何时、怎样申请和解"))
    files = FilesField(_l("和解申请"), required=_l("请上传当事人的和解申请"))


@task_form("act:end_talks")
class EndTalks(TaskForm):
    """Let the closing period run on."""

    title = _l("结束和解期间")
    intro = _l("和解不成或者期间已满的，办案期限继续计算。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十七条。")
    submit_label = _l("结束和解期间")

    reason = TextBlock(_l("结束的原因"), max_length=1000, required=_l("请写明和解期间结束的原因"))
