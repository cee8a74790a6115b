"""Ownership disputes: what is owed to the national office when they end (order 81, art. 70)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forms.base import TaskForm
from forms.choices import PickField, from_fact
from forms.fields import FilesField
from forms.parsed import IsoDateField
from forms.registry import task_form


@task_form("act:record_resumption")
class RecordResumption(TaskForm):
    """Note that the national office was asked to go on."""

    title = _l("登记已办理恢复手续")
    intro = _l("权属纠纷达成协议后，当事人应当自协议生效之日起 15 日内向国家知识产权局办理恢复手续。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第七十条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十七条。")
    submit_label = _l("登记")
    needs = ("own_parties", "today")

    party = PickField(_l("办理的当事人"), from_fact("own_parties"), ids=True, required=_l("请选择办理的当事人"))
    on = IsoDateField(_l("办理日期"), tense="past", required=_l("请填写办理日期"))
    files = FilesField(_l("办理凭证"))


@task_form("act:copy_to_cnipa")
class CopyToCnipa(TaskForm):
    """Note that the result was copied to the national office."""

    title = _l("抄送国家知识产权局")
    intro = _l("权属纠纷结案之日起 5 个工作日内，把结案结果抄送国家知识产权局。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第七十条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十七条。")
    submit_label = _l("登记抄送")
    needs = ("today",)

    on = IsoDateField(_l("抄送日期"), tense="past", required=_l("请填写抄送日期"))
    files = FilesField(_l("抄送凭证"))
