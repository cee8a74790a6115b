"""Evidence: its period, what is handed in, how it is numbered and cross-examined (order 81, arts. 54-58)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.periods import Regime, regime_on
from forms.base import Entry, TaskForm
from forms.choices import PickField, TopicField, YesNoField, from_fact
from forms.fields import FilesField, SignedFilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form
from forms.request import EvidenceEntry
from forms.rows import RowsField

LEAST = 15  # order 81, art. 54


@task_form("set_evidence_period")
class SetEvidencePeriod(TaskForm):
    """Set the period for evidence, or go without one."""

    intro = _l(
        "请确定举证期限；各方会收到举证通知书，期限从各自收到之日起算。证据已经齐备、各方不再举证的，可以不指定。"
    )
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五十四条——不少于 15 日；各方协商一致的，经准许可以另定。")
    law_of_2015 = _l("本案适用的规定没有举证期限，请选择不指定；当事人可以随时补充证据。")
    submit_label = _l("确定")
    branch = ("period",)

    period = YesNoField(
        _l("是否指定举证期限"), yes=_l("指定，通知各方举证"), no=_l("不指定"), required=_l("请选择是否指定举证期限")
    )
    days = WholeField(
        _l("举证期限（日）"), least=1, most=90, default=LEAST, when="period=yes", required=_l("请填写举证期限")
    )
    agreed = TickField(
        _l("各方协商一致"), when="period=yes", description=_l("各方协商一致并经本局准许的，可以少于 15 日")
    )
    files = FilesField(_l("各方协商一致的书面材料"), when="agreed", required=_l("请上传各方协商一致的书面材料"))
    reason = TextBlock(
        _l("说明"), max_length=1000, when="period=no", required=_l("请写明不指定举证期限的原因，例如各方都表示不再举证")
    )

    def check_together(self) -> None:
        """Fifteen days at least, since order 81."""
        received = self.known.get("received_on")
        since = received is None or regime_on(received) is Regime.ORDER81
        short = since and self.holds("period=yes") and self.days.data is not None and self.days.data < LEAST
        if short and not self.agreed.data:
            self.refuse("days", _l("举证期限不得少于 %(n)s 日；各方协商一致的除外", n=LEAST))


@task_form("hand_in_evidence")
class HandInEvidence(TaskForm):
    """Hand in evidence within the period, or say that there is none."""

    intro = _l("请在期限内提交证据；没有证据要提交的，在说明中写明后提交。需要延长期限的，期满前向合议组书面申请。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五十四条、第五十五条。")
    submit_label = _l("提交证据")
    needs = ("on_paper", "today")

    evidence = RowsField(EvidenceEntry, _l("证据清单"), most=50)
    none = TextBlock(_l("说明"), max_length=1000, description=_l("没有证据要提交的，写明；有证据的可以不填"))
    received_on = IsoDateField(
        _l("本局收到日期"), tense="past", present_if="on_paper", required=_l("请填写收到纸质证据的日期")
    )
    files = SignedFilesField(_l("签章的证据清单"))

    def check_together(self) -> None:
        """Something is handed in, or said."""
        if self.evidence.blank and self.none.blank:
            self.refuse("none", _l("请列出证据；没有证据要提交的，写明没有"))


@task_form("act:submit_evidence")
class SubmitEvidence(TaskForm):
    """Hand in evidence outside the period: it is kept, and marked as late where the period is over."""

    title = _l("补充证据")
    intro = _l("补充提交的证据会交对方质证；举证期限届满后提交的，由合议组决定是否采纳。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五十四条、第五十五条。")
    submit_label = _l("提交证据")
    needs = ("asking", "today")
    first = ("party", "received_on")

    evidence = RowsField(EvidenceEntry, _l("证据清单"), least=1, most=50, required=_l("请列出证据"))
    party = PickField(
        _l("提交的当事人"), from_fact("asking"), ids=True, present_if="asking", required=_l("请选择提交的当事人")
    )
    received_on = IsoDateField(
        _l("本局收到日期"),
        tense="past",
        present_if="asking",
        description=_l("代当事人登记纸质证据的，填写本局收到的日期；是否逾期以这一天为准，不填的为今天"),
    )
    reason = TextBlock(_l("补充提交的理由"), max_length=1000, required=_l("请写明为什么现在提交"))
    files = FilesField(
        _l("签章的证据清单"), required=_l("代当事人登记的，请上传当事人签章的清单"), required_when="party"
    )


@task_form("act:extend_evidence")
class ExtendEvidence(TaskForm):
    """Give a party more time for evidence, at its request (order 81, art. 54)."""

    title = _l("延长举证期限")
    intro = _l("当事人在期满前申请的，由合议组决定；延长的时间不计入办案期限。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十七条、第五十四条。")
    submit_label = _l("准许延长")
    needs = ("giving_evidence",)

    party = PickField(_l("申请的当事人"), from_fact("giving_evidence"), ids=True, required=_l("请选择申请的当事人"))
    days = WholeField(_l("延长的日数"), least=1, most=60, required=_l("请填写延长的日数"))
    reason = TextBlock(_l("理由"), max_length=1000, required=_l("请写明申请的理由和合议组的意见"))
    files = FilesField(_l("延期申请书"), required=_l("请上传当事人的申请书"))


class ExaminedEntry(Entry):
    """What is said of a piece of evidence at the cross-examination."""

    first = silent = ("evidence",)

    evidence = TopicField(_l("证据"), from_fact("evidence_to_examine"), ids=True, required=_l("请指明是哪一份证据"))
    number = TextField(
        _l("编号"), max_length=20, required=_l("请填写证据的编号"), description=_l("例如 请证1、被证2、局证1")
    )
    opinion = TextBlock(
        _l("对方的质证意见"),
        max_length=2000,
        description=_l("对真实性、合法性、关联性的意见；没有发表的，写明没有意见"),
        render_kw={"rows": 2},
        required=_l("请写明对方的质证意见；没有发表的，写“没有意见”"),
    )


@task_form("examine_evidence")
class ExamineEvidence(TaskForm):
    """Number the evidence and record what the other side says of each piece (D02)."""

    pieces = "evidence_to_examine"

    intro = _l("请为每一份证据编号，登记对方的质证意见；在口头审理中质证的，可以先写明“口头审理中质证”。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第五十五条、第五十八条。")
    law_of_2015 = _l("依据：办案指南（2019）——证据应当编号、质证。")
    submit_label = _l("提交")
    needs = ("evidence_to_examine", "numbers")

    examined = RowsField(ExaminedEntry, _l("证据的编号和质证"), most=300, fixed=True, present_if="evidence_to_examine")
    note = TextBlock(_l("说明"), max_length=2000, description=_l("列在本案的备注中，只有办案人员可以看到"))

    def prefill(self) -> dict[str, Any]:
        """Return a row for each piece, with the number that it would have."""
        numbers = self.known.get("numbers") or {}
        return {
            "examined": [{"evidence": n, "number": numbers.get(n, "")} for n in dict(self.known.get(self.pieces) or {})]
        }

    def check_together(self) -> None:
        """No two pieces have one number."""
        if "examined" not in self:
            return
        seen: set[str] = set()
        for row in self.examined.entries:
            number = row.form.number.data
            if number and number in seen:
                row.form.refuse("number", _l("编号 %(n)s 重复", n=number))
            seen.add(number)


class NewEvidenceEntry(ExaminedEntry):
    """What is said of a piece that came after the others had been numbered."""

    evidence = TopicField(_l("证据"), from_fact("new_evidence"), ids=True, required=_l("请指明是哪一份证据"))


@task_form("act:examine_new_evidence")
class ExamineNewEvidence(ExamineEvidence):
    """Number evidence that came after the others had been numbered, and record what is said of it."""

    pieces = "new_evidence"
    title = _l("新证据的编号和质证")
    intro = _l("当事人在编号之后提交的、本局后来调取的证据，请编号并登记对方的质证意见；没有列出证据的，都已经编号。")
    submit_label = _l("登记")
    needs = ("new_evidence", "numbers")

    examined = RowsField(NewEvidenceEntry, _l("证据的编号和质证"), most=300, fixed=True, present_if="new_evidence")
