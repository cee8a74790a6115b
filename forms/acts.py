"""Acts beside the main line; service has its own in ``serving``, recusal in ``recusal``."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.choices import PickField, from_fact
from forms.fields import FilesField, TextBlock, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.request import AgentFields


@task_form("act:withdraw")
class Withdraw(TaskForm):
    """Withdraw the request."""

    title = _l("撤回请求")
    intro = _l("只有一名请求人的，撤回后本案结束。代理人撤回请求须有特别授权。")
    submit_label = _l("撤回请求")
    needs = ("withdrawing",)

    party = PickField(
        _l("撤回的请求人"),
        from_fact("withdrawing"),
        ids=True,
        present_if="withdrawing",
        required=_l("请选择撤回的请求人"),
    )
    reason = TextBlock(_l("撤回的理由"), max_length=2000, required=_l("请写明撤回的理由"))
    files = FilesField(_l("附件"))


@task_form("act:settle")
class Settle(TaskForm):
    """Report that the parties have settled by themselves."""

    title = _l("报送和解")
    intro = _l("当事人自行和解的，请上传和解协议书，本案结束。代理人和解须有特别授权。")
    law = _l("和解协议书应当报本局留存一份。")
    submit_label = _l("报送和解协议")
    needs = ("settling",)

    party = PickField(
        _l("报送的当事人"), from_fact("settling"), ids=True, present_if="settling", required=_l("请选择报送的当事人")
    )
    summary = TextBlock(_l("和解的主要内容"), max_length=2000, required=_l("请写明和解的主要内容"))
    files = FilesField(_l("和解协议书"), required=_l("请上传各方签章的和解协议书"))


@task_form("act:hand_over")
class HandOverCase(TaskForm):
    """Give the case to another mediator."""

    title = _l("移交案件")
    intro = _l("案件移交后由新的调解员办理，各方会收到告知书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第七条。")
    submit_label = _l("移交")
    needs = ("mediators",)

    to = PickField(
        _l("移交给"),
        from_fact("mediators"),
        ids=True,
        required=_l("请选择接手的调解员"),
        description=_l("只列出与本案没有利害关系的调解员"),
    )
    over_capacity = TextBlock(
        _l("超出承办数量的理由"), max_length=1000, description=_l("所选调解员已经不能再承办的，写明仍然指定的理由")
    )
    reason = TextBlock(_l("移交的理由"), max_length=1000, required=_l("请写明移交的理由"))


@task_form("act:extend_closing")
class ExtendClosing(TaskForm):
    """Lengthen the closing period of an ownership dispute."""

    title = _l("延长结案期限")
    intro = _l("特别复杂的权属纠纷，可以延长一次，不超过 1 个月。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第七十条。")
    submit_label = _l("批准延长")

    reason = TextBlock(_l("延长的理由"), max_length=1000, required=_l("请写明案件怎样特别复杂"))


@task_form("act:record_contact")
class RecordContact(TaskForm):
    """Note that the parties were contacted."""

    title = _l("登记联络")
    intro = _l("登记与各方当事人的首次联络。")
    submit_label = _l("登记")
    needs = ("today",)

    on = IsoDateField(_l("联络日期"), tense="past", required=_l("请填写联络日期"))
    summary = TextBlock(_l("联络情况"), max_length=2000, required=_l("请写明联络了谁、怎样联络、谈了什么"))


@task_form("act:add_agent")
class AddAgent(AgentFields, TaskForm):
    """Enter an agent of a party."""

    title = _l("委托代理人")
    intro = _l("每一当事人最多委托两名代理人。")
    law = _l("代为承认、放弃、变更请求，进行和解、确认调解协议的，须有特别授权。")
    submit_label = _l("登记代理人")
    needs = ("own_parties",)
    first = ("party",)

    party = PickField(_l("委托人"), from_fact("own_parties"), ids=True, required=_l("请选择委托人"))
    files = FilesField(
        _l("授权委托书"),
        required=_l("请上传授权委托书"),
        description=_l("写明代理权限，由委托人签名或者盖章"),
    )


@task_form("act:to_adjudication")
class ToAdjudication(TaskForm):
    """Turn the ended mediation into the draft of a request for adjudication."""

    title = _l("转为行政裁决请求")
    intro = _l(
        "按本案的内容生成《专利侵权纠纷处理请求书》的草稿，供请求行政裁决使用，并保留首次提交请求的日期；草稿存入本案的“文书与材料”，也列在“我的事项”中；提交以前只有您一方可以看到，本局和对方都看不到。"
    )
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十二条。")
    submit_label = _l("生成草稿")

    confirm = TickField(_l("确认按本案的内容生成草稿"), required=_l("请勾选确认"))
