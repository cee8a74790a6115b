"""Service of papers: what was sent to whom, how, and whether it arrived (D37)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import service
from app.domain.disputes import ServiceMethod
from forms.base import Entry, Questions, TaskForm
from forms.choices import OneField, PickField, from_fact, labelled, worded
from forms.fields import FilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.rows import RowsField
from forms.text import Said, listed, written_out


def _methods(form: Any, _field: Any) -> list[SelectChoice]:
    offered = [choice for choice in labelled(ServiceMethod) if choice.value in form.methods]
    return [
        _closed(choice) if choice.value == ServiceMethod.ELECTRONIC and form.nobody_agreed else choice
        for choice in offered
    ]


def _closed(choice: SelectChoice) -> SelectChoice:
    """Return the choice as one that is seen and cannot be made; what is sent all the same is refused with its reason."""
    label = _l("%(method)s（受送达人都没有同意，不能选用）", method=choice.label)
    return SelectChoice(choice.value, label, {"disabled": True})


class ServiceFields(Questions):
    """One attempt to serve a paper on one of the ``receivers``, the fact that tells whom one may choose."""

    methods = tuple(ServiceMethod)
    receivers = "to_serve"
    rules = (_l("发出日期不早于文书日期，签收日期不早于发出日期。"),)

    method = OneField(_l("送达方式"), _methods, required=_l("请选择送达方式"))
    sent_on = IsoDateField(_l("发出日期"), tense="past", required=_l("请填写发出日期"))
    result = OneField(
        _l("送达结果"),
        worded(received=_l("已签收"), failed=_l("未能送达"), pending=_l("已发出，等待回执")),
        required=_l("请选择送达结果"),
    )
    received_on = IsoDateField(_l("签收日期"), tense="past", when="result=received", required=_l("请填写签收日期"))
    receiver = TextField(
        _l("签收人"), max_length=120, when="result=received", description=_l("本人以外的人签收的，请写明身份")
    )
    note = TextBlock(
        _l("备注"),
        max_length=1000,
        required=_l("请写明未能送达的原因"),
        required_when="result=failed",
        description=_l("邮件编号、未能送达的原因等"),
    )
    proof = FilesField(_l("送达回证"), most=5, description=_l("直接送达的，请上传受送达人签收的回证"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if ServiceMethod.ELECTRONIC in self.methods and not self.nobody_agreed:
            self.method.description = self._who_agreed
        if ServiceMethod.LEFT in self.methods:
            self.note.description = _l("邮件编号、未能送达的原因等；留置送达的，写明拒收的经过和在场的见证人")
            self.proof.description = _l("直接送达的，请上传受送达人签收的回证；留置送达的，请上传注明经过的回证")

    @property
    def nobody_agreed(self) -> bool:
        """Say whether it is known that none of the receivers agreed to electronic service."""
        return "e_service_parties" in self.known and not self._agreed

    @property
    def _agreed(self) -> list[str]:
        receivers = dict(self.known.get(self.receivers) or {})
        return [name for party, name in receivers.items() if party in self.known.get("e_service_parties", ())]

    @property
    def _who_agreed(self) -> Said:
        if not self._agreed:
            return _l("电子送达须经受送达人同意")
        return _l("电子送达须经受送达人同意；已同意的：%(names)s", names=listed(self._agreed))

    def check_together(self) -> None:
        """The paper comes first, then the sending, then the arrival."""
        earliest: date | None = self.known.get("earliest")
        sent, received = self.sent_on.data, self.received_on.data if self.holds("result=received") else None
        if sent and earliest and sent < earliest:
            self.refuse("sent_on", _l("发出日期不能早于文书日期 %(day)s", day=written_out(earliest)))
        if received and sent and received < sent:
            self.refuse("received_on", _l("签收日期不能早于发出日期"))


class ServiceEntry(ServiceFields, Entry):
    """An attempt to serve the paper of the step; one that still says what was recorded before counts as empty."""

    first = silent = ("party",)

    party = PickField(_l("受送达人"), from_fact("to_serve"), ids=True, required=_l("请选择受送达人"))

    @property
    def blank(self) -> bool:
        return super().blank or self._as_recorded

    @property
    def _as_recorded(self) -> bool:
        before = dict(self.known.get("on_its_way") or {}).get(self.party.data)
        if before is None or self.note.data or self.proof.data:
            return False
        return bool(before == {name: self[name].answer() for name in before})


class AgreementServiceEntry(ServiceEntry):
    """An attempt to serve the agreement."""

    methods = service.methods("mediation_agreement")


class Serving(TaskForm):
    """A row for each party that the paper has not reached yet."""

    all_reached: Said = ""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if "to_serve" in self.known and not self.known["to_serve"]:
            self.intro = self.all_reached

    def prefill(self) -> dict[str, Any]:
        """Return a row for each of them, with what was sent and has not come back."""
        sent = dict(self.known.get("on_its_way") or {})
        return {
            "records": [{"party": party, **sent.get(party, {})} for party in dict(self.known.get("to_serve") or {})]
        }


@task_form("serve_request")
class ServeRequest(Serving):
    """Serve the request and the notice to state an opinion on each respondent."""

    intro = _l("请把请求书副本和陈述意见通知书送达每一名被请求人，并登记每一次送达。")
    all_reached = _l("每一名被请求人都已经签收，不用再登记；请直接提交，案件随即往下办理。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十条、第六十五条——收到调解请求书之日起 5 个工作日内送达。")
    law_of_2015 = _l("依据：《专利行政执法办法》第二十三条。")
    submit_label = _l("提交送达记录")
    needs = ("to_serve", "e_service_parties", "on_its_way", "earliest", "today")
    rules = (_l("至少登记一次送达，或者写明不再送达。"),)

    records = RowsField(ServiceEntry, _l("送达记录"), most=30, weighed=True)
    give_up = TickField(
        _l("确实无法送达，不再送达"),
        description=_l("还没有送达的被请求人按无法送达处理；没有任何被请求人收到的，不予立案"),
    )

    def check_together(self) -> None:
        """Something must have happened since the last time."""
        if self.known.get("to_serve") and self.records.blank and not self.give_up.data:
            self.refuse("records", _l("请登记至少一次送达；确实无法送达的，请勾选“不再送达”"))


@task_form("serve_agreement")
class ServeAgreement(Serving):
    """Serve the sealed agreement on every party."""

    intro = _l("请把调解协议书送达每一方当事人；全部签收后，协议生效。")
    all_reached = _l("每一方当事人都已经签收，不用再登记；请直接提交，案件随即往下办理。")
    law = _l("调解协议书不适用留置送达、公告送达和电子送达。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第十条、第六十九条。调解协议书不适用留置送达、公告送达和电子送达。"
    )
    submit_label = _l("提交送达记录")
    needs = ("to_serve", "on_its_way", "earliest", "today")

    records = RowsField(AgreementServiceEntry, _l("送达记录"), most=30, weighed=True)
    refused_by = PickField(
        _l("拒绝签收的当事人"),
        from_fact("to_serve"),
        ids=True,
        description=_l("当事人明确拒绝签收的，协议不生效，由调解员按未达成协议结案；没有人拒绝的不填"),
    )
    refusal = TextBlock(
        _l("拒绝签收的经过"), max_length=1000, when="refused_by", required=_l("请写明何时、何人、以何种方式拒绝签收")
    )


@task_form("act:register_service")
class RegisterService(ServiceFields, TaskForm):
    """Record how a paper of the case was served, or the receipt that came back later."""

    title = _l("登记送达")
    intro = _l("登记一份文书的一次送达；后来收到的回执也在这里登记。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十条。")
    submit_label = _l("登记")
    needs = ("documents", "parties", "e_service_parties", "today")
    receivers = "parties"
    first = ("document", "party")

    document = PickField(_l("文书"), from_fact("documents"), ids=True, required=_l("请选择送达的文书"))
    party = PickField(_l("受送达人"), from_fact("parties"), ids=True, required=_l("请选择受送达人"))
