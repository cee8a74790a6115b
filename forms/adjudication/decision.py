"""Deliberation, and the decision: drafted from the findings, reviewed, approved, put right (order 81, arts. 25, 31, 33)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.adjudication import Finding
from forms.base import Entry, TaskForm
from forms.choices import OneField, TopicField, YesNoField, from_fact, labelled, worded
from forms.fields import LinesField, TextBlock, TextField, TickField
from forms.parsed import WholeField
from forms.registry import task_form
from forms.rows import RowsField

ORDERED = f"{Finding.INFRINGED}|{Finding.PARTLY}"


@task_form("deliberate")
class Deliberate(TaskForm):
    """Say what one finds, and why; the others read it when all have voted."""

    intro = _l("请写明您的意见并表决。全体成员表决以前，其他成员看不到您的意见；合议的内容只有合议组成员可以看到。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十五条——按多数意见裁决，不同意见如实记录。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）——合议按多数意见，不同意见如实记录。")
    submit_label = _l("提交表决")
    final = True

    vote = OneField(_l("表决意见"), labelled(Finding), required=_l("请选择表决意见"))
    text = TextBlock(
        _l("意见和理由"),
        min_length=10,
        max_length=20_000,
        required=_l("请写明对事实认定、法律适用的意见和理由"),
        description=_l("保护范围、被控产品或者方法、特征比对、抗辩是否成立"),
    )


@task_form("conclude_deliberation")
class ConcludeDeliberation(TaskForm):
    """Conclude the deliberation with the majority, or deliberate once more (D27)."""

    intro = _l("全体成员已经表决。形成多数意见的，制作合议笔录；没有形成多数意见的，再次合议。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十五条。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）。")
    submit_label = _l("提交")
    needs = ("opinions",)
    branch = ("concluded",)

    concluded = OneField(
        _l("结果"),
        worded(majority=_l("形成多数意见，制作合议笔录"), again=_l("再次合议")),
        required=_l("请选择合议的结果"),
    )
    note = TextBlock(_l("说明"), max_length=3000, description=_l("列入合议笔录；再次合议的，写明需要研究的问题"))

    def check_together(self) -> None:
        """There is a majority, or there is none."""
        opinions = self.known.get("opinions")
        if self.concluded.data == "majority" and opinions is not None and opinions["majority"] is None:
            self.refuse("concluded", _l("没有过半数的一致意见，请再次合议"))


class EvidenceFindingEntry(Entry):
    """What the panel finds of a piece of evidence."""

    first = silent = ("evidence",)

    evidence = TopicField(_l("证据"), from_fact("evidence"), ids=True, required=_l("请指明是哪一份证据"))
    admitted = YesNoField(_l("是否采信"), yes=_l("采信"), no=_l("不予采信"), required=_l("请选择是否采信"))
    assessment = TextBlock(
        _l("认定的理由"),
        max_length=2000,
        required=_l("请写明不予采信的理由"),
        required_when="admitted=no",
        render_kw={"rows": 2},
    )


@task_form("draft_decision")
class DraftDecision(TaskForm):
    """Draft the decision from what the panel found (D34)."""

    intro = _l("请按合议的多数意见起草裁决书；当事人、案由、审理经过、救济途径等由系统写入。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十一条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十九条。")
    submit_label = _l("提交审核")
    needs = ("evidence", "majority", "last_decision", "requests")
    rules = (_l("裁决结果与合议的多数意见一致；认定侵权的，应写明责令停止的行为。"),)

    finding = OneField(_l("裁决结果"), labelled(Finding), required=_l("请选择裁决结果"))
    evidence_findings = RowsField(EvidenceFindingEntry, _l("证据的采信"), most=200, fixed=True, present_if="evidence")
    facts = TextBlock(_l("查明的事实"), min_length=20, max_length=30_000, required=_l("请写明经审理查明的事实"))
    reasoning = TextBlock(
        _l("认定和理由"),
        min_length=20,
        max_length=30_000,
        required=_l("请写明是否落入保护范围、抗辩是否成立的认定和理由"),
    )
    orders = LinesField(
        _l("责令停止的行为"),
        most=20,
        max_length=500,
        when=f"finding={ORDERED}",
        required=_l("请写明责令停止的行为的类型、对象和范围，一行一项"),
        description=_l("一行一项，例如：责令被请求人立即停止制造、销售型号为 X 的电热水壶，销毁专用模具"),
    )
    rejected = LinesField(
        _l("驳回的请求"),
        most=20,
        max_length=500,
        when=f"finding={Finding.PARTLY}",
        required=_l("部分侵权成立的，请写明驳回的请求，一行一项"),
    )
    perform_days = WholeField(
        _l("履行期限（日）"),
        least=0,
        most=90,
        when=f"finding={ORDERED}",
        description=_l("自收到裁决书之日起计算；立即停止的不填"),
    )
    fees = TextField(_l("费用的承担"), description=_l("检验鉴定等费用；没有的不填"))
    summary = TextBlock(_l("结案报告的案情简介"), max_length=5000, required=_l("请写明案情简介，列入结案审批表"))

    def prefill(self) -> dict[str, Any]:
        """Return the last draft, else what was found and the pieces of evidence."""
        rows = [{"evidence": n} for n in dict(self.known.get("evidence") or {})]
        before = self.known.get("last_decision")
        return {"finding": self.known.get("majority"), "evidence_findings": rows, **(before or {})}

    def check_together(self) -> None:
        """The decision says what the majority found."""
        majority = self.known.get("majority")
        if majority and self.finding.data and self.finding.data != majority:
            self.refuse(
                "finding",
                _l("合议的多数意见是“%(found)s”，裁决结果应当与之一致", found=_l(Finding(majority).label)),
            )


@task_form("review_decision")
class ReviewDecision(TaskForm):
    """Agree with the draft, or send it back (D35)."""

    intro = _l("请审核裁决书；同意的，报部门负责人签发。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十条、第三十一条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十九条。")
    submit_label = _l("提交审核意见")
    branch = ("review",)

    review = OneField(
        _l("审核意见"), worded(agree=_l("同意"), **{"return": _l("退回修改")}), required=_l("请选择审核意见")
    )
    opinion = TextBlock(_l("具体意见"), max_length=3000, required=_l("请写明具体意见，列入结案审批表"))


@task_form("approve_decision")
class ApproveDecision(TaskForm):
    """Seal and issue the decision, send the draft back, or have the panel deliberate again (D34, D35)."""

    intro = _l("签发后编号、用印，不能再修改；合议的结论有疑问的，可以请合议组重新合议。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十一条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十九条。")
    submit_label = _l("提交审批意见")
    branch = ("decision",)
    final = True

    decision = OneField(
        _l("审批意见"),
        worded(issued=_l("签发裁决书"), returned=_l("退回修改"), reconsider=_l("请合议组重新合议")),
        required=_l("请选择审批意见"),
    )
    opinion = TextBlock(_l("具体意见"), max_length=3000, required=_l("请写明具体意见，列入结案审批表"))


class PutRightEntry(Entry):
    """A slip in the decision, and what it should say."""

    was = TextBlock(_l("原文"), max_length=1000, required=_l("请写明原文"), render_kw={"rows": 2})
    now = TextBlock(_l("更正为"), max_length=1000, required=_l("请写明更正后的文字"), render_kw={"rows": 2})


@task_form("act:correct_decision")
class CorrectDecision(TaskForm):
    """Put slips in an issued decision right, by a notice and a new copy that names the old one (D36)."""

    title = _l("更正裁决书")
    intro = _l("裁决书有文字、计算等错误的，书面更正；原裁决书保留，更正后的裁决书另行制作并注明代替哪一份。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第三十三条。")
    law_of_2015 = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）文书《裁决修改更正通知书》。")
    submit_label = _l("发出更正通知")
    rules = (_l("更正的原文应当是裁决书中的文字。"),)

    corrections = RowsField(PutRightEntry, _l("更正的内容"), least=1, most=20, required=_l("请写明更正的内容"))
    reason = TextBlock(_l("更正的原因"), max_length=2000, required=_l("请写明更正的原因"))
    confirm = TickField(
        _l("确认不改变裁决的结果"), required=_l("改变裁决结果的，不能用更正办理；只更正文字的请勾选确认")
    )
