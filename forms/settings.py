"""What the office sets for itself: its name and address in letters, its numbers, its courts and its periods."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import identifiers, remedies
from forms.base import TaskForm
from forms.choices import OneField
from forms.fields import IdentifierField, TextField
from forms.parsed import WholeField
from forms.registry import task_form

# The texts that disagree on how long one may sue over a refusal, by the variant of the rule.
SUITS = {
    None: _l("十五日：《专利侵权纠纷行政裁决办案指南》（2019）的文书格式"),
    "suit": _l("六个月：《行政诉讼法》第四十六条"),
}


def _suits(_form: Any, _field: Any) -> list[SelectChoice]:
    return [SelectChoice(words, SUITS[variant]) for words, variant in remedies.SUITS.items()]


_KEPT = _l("立卷时没有另行选择的，按此年限保管，10 至 100 年；以前归档的不受影响")


def _word(label: Any) -> TextField:
    """Return the question for the word in the numbers of one kind of case."""
    return TextField(
        label,
        max_length=10,
        required=_l("请填写案件代字"),
        description=_l("案号中机关代字的后面；只影响以后的案件"),
    )


def _years(label: Any, description: Any) -> WholeField:
    """Return the question for how many years the files of one kind of case are kept."""
    return WholeField(label, least=10, most=100, required=_l("请填写年限"), description=description)


@task_form("desk:settings")
class OfficeSettings(TaskForm):
    """The office's own values; a field is named by its key, with ``_`` for the dot."""

    title = _l("办公设置")
    submit_label = _l("保存设置")

    office_name = TextField(
        _l("本局名称"), required=_l("请填写本局名称"), description=_l("写在每一页的页眉和每一份文书的落款处")
    )
    office_address = TextField(
        _l("本局地址"), required=_l("请填写本局地址"), description=_l("写在文书中，当事人到这里办理、寄送材料")
    )
    office_postcode = IdentifierField(
        _l("邮政编码"),
        reader=identifiers.postcode,
        max_length=12,
        required=_l("请填写邮政编码"),
        description=_l("写在文书中本局地址的后面"),
    )
    office_phone = IdentifierField(
        _l("联系电话"),
        reader=identifiers.phone,
        required=_l("请填写联系电话"),
        description=_l("写在文书中，当事人可以来电询问"),
    )
    office_hours = TextField(
        _l("办理时间"),
        max_length=200,
        description=_l("写在办事指南中，例如“工作日 9:00—12:00，14:00—17:00”；不填的，办事指南不写办理时间"),
    )
    office_court = TextField(
        _l("办理司法确认的人民法院"), description=_l("写在司法确认申请书的抬头；不填的，申请书留出空白由当事人填写")
    )
    office_suit_court = TextField(
        _l("受理行政诉讼的人民法院"),
        description=_l("写在行政裁决书告知诉讼权利的一段；不填的，写“有管辖权的人民法院”"),
    )
    number_prefix = TextField(
        _l("案号中的机关代字"),
        max_length=10,
        required=_l("请填写机关代字"),
        description=_l("案号的开头，例如“佛知快调〔2027〕12号”中的“佛知”；只影响以后的案件"),
    )
    number_kind_mediation = _word(_l("快速调解的案件代字"))
    number_kind_adjudication = _word(_l("行政裁决的案件代字"))
    number_kind_award_application = _word(_l("奖励申报的案件代字"))
    number_kind_roster_intake = _word(_l("名录自荐的案件代字"))
    number_kind_roster_review = _word(_l("名录复核的案件代字"))
    number_kind_assistance = _word(_l("诉求工单的代字"))
    number_kind_visit = _word(_l("年度回访的案件代字"))
    number_kind_project = _word(_l("项目直报的案件代字"))
    visit_answer_days = WholeField(
        _l("答复回访问卷的工作日数"),
        least=1,
        most=60,
        required=_l("请填写工作日数"),
        description=_l("通知回访时间以后，单位在多少个工作日内答复问卷；逾期未答复的，回访照常进行"),
    )
    service_public_notice_days = WholeField(
        _l("公告送达的日数"),
        least=30,
        most=60,
        required=_l("请填写日数"),
        description=_l("公告发出后满多少日视为送达，30 至 60 日；以前作出的公告不受影响"),
    )
    remedy_suit_within = OneField(
        _l("告知的起诉期限"),
        _suits,
        required=_l("请选择起诉期限"),
        description=_l("写在不予受理通知书中，也是期限规则 TL20 的长度；两种依据不一致，默认从严；以前的决定不受影响"),
    )
    retention_mediation_years = _years(
        _l("调解案卷的保管年限"), _l("写在归档的案卷封面上，10 至 100 年；以前归档的不受影响")
    )
    retention_adjudication_years = _years(_l("行政裁决案卷的保管年限"), _KEPT)
    retention_award_application_years = _years(
        _l("奖励申报案卷的保管年限"), _l("资金凭证一般保管 30 年，10 至 100 年；以前归档的不受影响")
    )
    retention_roster_intake_years = _years(_l("名录自荐案卷的保管年限"), _KEPT)
    retention_roster_review_years = _years(_l("名录复核案卷的保管年限"), _KEPT)
    retention_assistance_years = _years(_l("诉求工单的保管年限"), _KEPT)
