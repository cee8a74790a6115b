"""After the decision: served, published, performed, exhorted, enforced by the court (order 81, arts. 80 and 83)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain import service
from app.domain.adjudication import CourtExecution, Execution, SuitResult
from app.domain.publishing import passages
from forms.adjudication.answer import ServePaper
from forms.base import TaskForm
from forms.choices import Offer, OneField, PickField, SomeField, from_fact, labelled, worded
from forms.fields import FilesField, LinesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.rows import RowsField
from forms.serving import ServiceEntry


class DecisionServiceEntry(ServiceEntry):
    """An attempt to serve the decision, which never goes electronically."""

    methods = service.methods("adjudication_decision")


@task_form("serve_decision")
class ServeDecision(ServePaper):
    """Serve the decision on every party."""

    intro = _l("请把裁决书送达每一方当事人，并登记每一次送达；起诉的期限从各自收到之日起算。")
    all_reached = _l("每一方当事人都已经签收，不用再登记；请直接提交，案件随即往下办理。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十条、第三十一条。裁决书不适用电子送达。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十九条；办案指南（2019）——裁决书不适用电子送达。")
    needs = ("to_serve", "on_its_way", "earliest", "today")

    records = RowsField(DecisionServiceEntry, _l("送达记录"), most=30, weighed=True)


@task_form("serve_exhortation")
class ServeExhortation(ServePaper):
    """Serve the exhortation on the respondent."""

    intro = _l("请把催告书送达被请求人，并登记每一次送达；送达 10 个工作日后仍未履行的，可以申请人民法院强制执行。")
    all_reached = _l("被请求人已经签收，不用再登记；请直接提交，案件随即往下办理。")
    patent_law = _l("依据：《中华人民共和国行政强制法》第五十四条。")


CHECKS = worded(
    content=_l("内容：与送达的裁决书一致，没有错漏"),
    secrecy=_l("保密：不含国家秘密、商业秘密"),
    privacy=_l("隐私：不含身份证号、电话、住址、账号等个人信息"),
)


@task_form("mask_decision")
class MaskDecision(TaskForm):
    """Prepare what is published: the sheet, and the text with what must not be seen taken out (D46)."""

    intro = _l(
        "下面是拟公开的内容，系统已经遮盖查到的证件号码、电话、邮箱、账号；请逐项核对，需要再遮盖的，一行写一处。"
    )
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第八十三条——作出裁决之日起 20 个工作日内公开，删除或者遮盖秘密和隐私。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第四十六条——认定侵权成立的，20 个工作日内公开。")
    submit_label = _l("报请审批")
    needs = ("disclosure",)
    rules = (_l("三项核对都应当勾选。"),)

    case_name = TextField(_l("案件名称"), required=_l("请填写案件名称"))
    facts = TextBlock(_l("主要事实"), max_length=20_000, required=_l("请写明主要事实"))
    basis_text = TextBlock(_l("依据"), max_length=3000, required=_l("请写明裁决的依据"))
    result = TextBlock(_l("裁决结果、履行方式和期限"), max_length=5000, required=_l("请写明裁决的结果"))
    hide = LinesField(
        _l("另外遮盖的文字"),
        most=50,
        description=_l("一行一处，例如客户名称、配方、自然人住址；公开的文本中会以“■”代替"),
    )
    checks = SomeField(_l("公开前核对"), CHECKS, required=_l("请逐项核对并勾选"))

    def prefill(self) -> dict[str, Any]:
        """Return the sheet as the decision gives it, with what was found masked."""
        return dict(self.known.get("disclosure") or {})

    def check_together(self) -> None:
        """All three checks are made, and nothing that was found is shown all the same."""
        if 0 < len(self.checks.data) < len(CHECKS):
            self.refuse("checks", _l("三项核对都应当勾选；不符合的，请先修改"))
        for name in ("case_name", "facts", "basis_text", "result"):
            if left := passages(self[name].data or "", self.hide.data):
                self.refuse(name, _l("还有应当遮盖的内容：%(what)s", what="、".join(left)))


@task_form("approve_publication")
class ApprovePublication(TaskForm):
    """Publish, or send back."""

    intro = _l("请审批拟公开的内容；公开后任何人都可以查阅。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第八十三条；《中华人民共和国政府信息公开条例》第十七条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第四十六条；《中华人民共和国政府信息公开条例》第十七条。")
    submit_label = _l("提交审批意见")
    needs = ("sheet",)
    branch = ("publication",)

    publication = OneField(
        _l("审批意见"), worded(publish=_l("同意公开"), **{"return": _l("退回修改")}), required=_l("请选择审批意见")
    )
    reason = TextBlock(_l("退回的理由"), max_length=2000, when="publication=return", required=_l("请写明退回的理由"))


FIRST = (Execution.WAITING, Execution.PERFORMED, Execution.EXHORT, Execution.REVOKED)
LATER = (Execution.WAITING, Execution.PERFORMED, Execution.APPLIED, Execution.NOT_APPLIED, Execution.REVOKED)


def _found(among: tuple[Execution, ...]) -> Offer:
    """Offer what can be found now: that the decision is gone only where a court has revoked it, and then nothing else."""

    def offer(form: Any, _field: Any) -> list[SelectChoice]:
        gone = bool(form.known.get("overturned"))
        return labelled(e for e in among if (e is Execution.REVOKED) == gone)

    return offer


class PerformanceFields(TaskForm):
    """What was found about the performance of the decision, and on which day."""

    on = IsoDateField(_l("查明日期"), tense="past", required=_l("请填写查明日期"))
    detail = TextBlock(_l("具体情况"), max_length=5000, required=_l("请写明核查的经过和查明的情况"))
    files = FilesField(_l("证明材料"))


@task_form("check_performance")
class CheckPerformance(PerformanceFields):
    """Look whether the decision is performed."""

    intro = _l("裁决送达即生效，诉讼期间不停止执行。请核查被请求人是否停止侵权行为。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第八十条；《中华人民共和国行政强制法》第五十四条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第四十三条、第四十四条；《中华人民共和国行政强制法》第五十四条。")
    submit_label = _l("登记核查结果")
    needs = ("today", "overturned")
    branch = ("performance",)
    first = ("performance", "on")

    performance = OneField(_l("核查结果"), _found(FIRST), required=_l("请选择核查的结果"))
    obligations = LinesField(
        _l("催告履行的义务"),
        most=20,
        when=f"performance={Execution.EXHORT}",
        required=_l("请写明催告履行的义务，一行一项"),
    )


@task_form("apply_enforcement")
class ApplyEnforcement(PerformanceFields):
    """Look again after the exhortation: performed, or apply to the court within three months (D40)."""

    intro = _l("催告期满。仍未履行的，自履行期限或者起诉期限届满之日起 3 个月内申请人民法院强制执行。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第八十条；《中华人民共和国行政强制法》第五十三条、第五十五条。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第四十四条；《中华人民共和国行政强制法》第五十三条、第五十五条。")
    submit_label = _l("提交")
    needs = ("today", "overturned")
    branch = ("performance",)
    first = ("performance", "on")

    performance = OneField(_l("核查结果和处理"), _found(LATER), required=_l("请选择核查的结果"))
    court = TextField(
        _l("人民法院"),
        max_length=120,
        when=f"performance={Execution.APPLIED}",
        required=_l("请填写有管辖权的人民法院"),
    )


@task_form("record_enforcement")
class RecordEnforcement(TaskForm):
    """Record what the court made of the application (D41)."""

    intro = _l("人民法院 5 日内受理，受理后 7 日内作出是否执行的裁定。请登记结果。")
    patent_law = _l("依据：《中华人民共和国行政强制法》第五十六条、第五十七条。")
    submit_label = _l("登记结果")
    needs = ("today",)
    branch = ("result",)

    result = OneField(_l("结果"), labelled(CourtExecution), required=_l("请选择结果"))
    on = IsoDateField(_l("日期"), tense="past", required=_l("请填写日期"))
    venue = TextField(_l("执行地点"), when=f"result={CourtExecution.ENFORCED}", required=_l("请填写执行的地点"))
    people = LinesField(
        _l("在场人员"),
        most=20,
        when=f"result={CourtExecution.ENFORCED}",
        required=_l("请写明在场人员，至少两名"),
        description=_l("一行一人，有两名以上办案人员"),
    )
    record = TextBlock(_l("情况"), max_length=10_000, required=_l("请写明裁定或者执行的情况"))
    files = FilesField(_l("法院文书"))

    def check_together(self) -> None:
        """Two members are there."""
        if self.holds(f"result={CourtExecution.ENFORCED}") and len(self.people.data) == 1:
            self.refuse("people", _l("执行的现场监督应当有两名以上办案人员在场"))


@task_form("act:request_enforcement")
class RequestEnforcement(TaskForm):
    """Ask the office to have the decision enforced (D40)."""

    title = _l("请求强制执行")
    intro = _l("被请求人在法定期限内没有起诉、又不停止侵权的，请求人可以请求本局申请人民法院强制执行。")
    patent_law = _l("依据：《中华人民共和国专利法》第六十五条；《专利纠纷行政裁决和调解办法》第八十条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第四十四条。")
    submit_label = _l("提交请求书")
    needs = ("enforcing",)

    party = PickField(
        _l("请求的当事人"), from_fact("enforcing"), ids=True, present_if="enforcing", required=_l("请选择请求的当事人")
    )
    reason = TextBlock(
        _l("没有履行的情况"), max_length=3000, required=_l("请写明被请求人怎样没有履行裁决，何时、何地发现")
    )
    files = FilesField(
        _l("没有停止侵权的证据"), required=_l("代当事人登记的，请上传签章的请求书和证据"), required_when="party"
    )


@task_form("act:record_suit")
class RecordSuit(TaskForm):
    """Record that a party sued against the decision, and what became of it."""

    title = _l("登记行政诉讼")
    intro = _l(
        "当事人不服裁决起诉的，登记法院和日期；有结果的，再登记结果。诉讼期间不停止裁决的执行，法院裁定停止的除外。"
    )
    patent_law = _l(
        "依据：《中华人民共和国专利法》第六十五条；《专利纠纷行政裁决和调解办法》第八十条；"
        "《中华人民共和国行政诉讼法》第五十六条。"
    )
    submit_label = _l("登记")
    needs = ("all_parties", "today")
    branch = ("result",)

    party = PickField(_l("起诉的当事人"), from_fact("all_parties"), ids=True, required=_l("请选择起诉的当事人"))
    result = OneField(_l("诉讼情况"), labelled(SuitResult), required=_l("请选择诉讼的情况"))
    on = IsoDateField(
        _l("日期"),
        tense="past",
        required=_l("请填写日期"),
        description=_l("起诉的日期，或者裁定、裁判生效、撤诉的日期"),
    )
    court = TextField(_l("人民法院"), max_length=120, required=_l("请填写受理的人民法院"))
    number = TextField(_l("案号"), max_length=80)
    files = FilesField(_l("法院文书"))


@task_form("act:withdraw_publication")
class WithdrawPublication(TaskForm):
    """Take a published decision off the public pages."""

    title = _l("撤下公开的裁决")
    intro = _l("裁决被变更、撤销，或者公开的内容有误的，应当撤下；变更后的裁决另行公开。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第八十三条；《中华人民共和国政府信息公开条例》第三十条。")
    submit_label = _l("撤下")

    reason = TextBlock(_l("理由"), max_length=1000, required=_l("请写明撤下的理由"))
    confirm = TickField(_l("确认撤下，公众不能再查阅"), required=_l("请勾选确认"))


@task_form("act:publish_again")
class PublishAgain(MaskDecision):
    """Publish a decision again that was taken off the public pages."""

    title = _l("再次公开裁决")
    intro = _l("裁决被变更、撤销的，应当按现在的情况再次公开；请改正下面的内容，逐项核对后公开，任何人都可以查阅。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第八十三条——变更、撤销后 20 个工作日内再次公开。")
    law_of_2015 = _l("依据：《中华人民共和国政府信息公开条例》第三十条。")
    submit_label = _l("公开")
