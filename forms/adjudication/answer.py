"""Service of the request, the answer, and its service on the requester (order 81, art. 22; guide 2019)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.adjudication import AnswerGround
from forms.base import TaskForm
from forms.choices import OneField, SomeField, labelled, worded
from forms.fields import FilesField, SignedFilesField, TextBlock, TickField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form
from forms.request import AgentEntry, EvidenceEntry
from forms.rows import RowsField
from forms.serving import ServiceEntry, Serving


class ServePaper(Serving):
    """Serve the paper of the step on whoever it has not reached; another way follows the one that failed."""

    needs: tuple[str, ...] = ("to_serve", "e_service_parties", "on_its_way", "earliest", "today")
    submit_label = _l("提交送达记录")
    rules = (_l("至少登记一次送达；直接送达、留置送达、邮寄送达都不能送达的，公告送达。"),)

    records = RowsField(ServiceEntry, _l("送达记录"), most=30, weighed=True)

    def check_together(self) -> None:
        """Something must have happened since the last time."""
        if self.known.get("to_serve") and self.records.blank:
            self.refuse("records", _l("请登记至少一次送达"))


@task_form("serve_case")
class ServeCase(ServePaper):
    """Serve the request, with the notice to answer, on the respondent (D10)."""

    intro = _l("请把请求书副本、证据和答辩通知书送达被请求人，并登记每一次送达；一种方式没有送达的，换一种方式。")
    all_reached = _l("被请求人已经签收，不用再登记；请直接提交，案件随即往下办理。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十条、第二十二条——立案之日起 5 个工作日内送达。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十四条——立案之日起 5 个工作日内送达。")


@task_form("serve_answer")
class ServeAnswer(ServePaper):
    """Serve the answer on the requester."""

    intro = _l("请把答辩书副本送达请求人，并登记每一次送达。")
    all_reached = _l("请求人已经签收，不用再登记；请直接提交，案件随即往下办理。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十二条——收到答辩书之日起 5 个工作日内送达请求人。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十四条——收到答辩书之日起 5 个工作日内送达请求人。")


class AnswerFields(TaskForm):
    """What a respondent holds against the request, and on what evidence (D11)."""

    grounds = SomeField(_l("答辩理由"), labelled(AnswerGround), required=_l("请勾选答辩理由"))
    opinion = TextBlock(_l("答辩意见"), min_length=10, max_length=20_000, required=_l("请写明答辩的事实和理由"))
    invalidation_files = FilesField(
        _l("无效宣告请求受理通知书"),
        when=f"grounds={AnswerGround.INVALIDATION}",
        required=_l("以请求宣告专利权无效为由的，请上传受理通知书"),
    )
    evidence = RowsField(EvidenceEntry, _l("证据清单"), most=50)
    agents = RowsField(AgentEntry, _l("委托代理人"), most=2, description=_l("最多两名；已经登记的不再填"))
    e_service = TickField(
        _l("同意电子送达"), description=_l("文书通过本平台和电子邮件送达，到达即为送达；裁决书、调解协议书除外")
    )


@task_form("answer")
class Answer(AnswerFields):
    """Answer the request."""

    intro = _l("请在期限内答辩并提交证据、主体资格证明；逾期不答辩的，不影响案件的处理。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第二十二条——收到之日起 15 日内，在中国境内没有固定住所的为 30 日。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第十四条——收到之日起 15 日内。")
    submit_label = _l("提交答辩书")
    needs = ("on_paper", "today")

    received_on = IsoDateField(
        _l("本局收到日期"), tense="past", present_if="on_paper", required=_l("请填写收到纸质答辩书的日期")
    )
    files = SignedFilesField(
        _l("签章的答辩书"), description=_l("上传签名或者盖章的答辩书；没有签章的，应当在通知后 3 日内重交")
    )
    identity_files = FilesField(_l("主体资格证明"), description=_l("营业执照和法定代表人身份证明，或者居民身份证"))


@task_form("act:register_answer")
class RegisterAnswer(AnswerFields):
    """Enter an answer that came on paper in time, found after the period had run out."""

    title = _l("补登答辩书")
    intro = _l("在答辩期内收到、期满时还没有登记的纸质答辩书，请在这里补登；登记后送达请求人。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十二条。")
    law_of_2015 = _l("依据：《专利行政执法办法》第十四条。")
    submit_label = _l("补登")
    needs = ("today",)

    received_on = IsoDateField(_l("本局收到日期"), tense="past", required=_l("请填写收到纸质答辩书的日期"))
    files = FilesField(_l("签章的答辩书"), required=_l("请上传收到的答辩书"))


@task_form("act:register_signed_answer")
class RegisterSignedAnswer(TaskForm):
    """Enter the signed answer that came on paper in time, found after its period had run out."""

    title = _l("补登签章的答辩书")
    intro = _l("在重交的期限内收到、期满时还没有登记的签章答辩书，请在这里补登；登记后送达请求人。")
    patent_law = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）第二章第一节四（三）。")
    submit_label = _l("补登")
    needs = ("today",)

    received_on = IsoDateField(_l("本局收到日期"), tense="past", required=_l("请填写收到签章答辩书的日期"))
    files = FilesField(_l("签章的答辩书"), required=_l("请上传收到的答辩书"))


@task_form("check_answer")
class CheckAnswer(TaskForm):
    """Look whether the answer is signed."""

    intro = _l("请核对答辩书是否签名或者盖章；没有签章的，通知被请求人重交。")
    patent_law = _l(
        "依据：《专利侵权纠纷行政裁决办案指南》（2019）第二章第一节四（三）；重交的期限为 3 日，逾期视为未提交。"
    )
    submit_label = _l("提交核对结果")
    branch = ("answer",)
    needs = ("resigned",)

    answer = OneField(
        _l("核对结果"),
        worded(complete=_l("已签章，送达请求人"), resign=_l("没有签章，通知重交")),
        required=_l("请选择核对结果"),
    )

    def check_together(self) -> None:
        """It is asked for once."""
        if self.answer.data == "resign" and self.known.get("resigned"):
            self.refuse("answer", _l("已经通知重交过一次；仍未签章的，请核实后按已收到的材料处理"))


@task_form("resign_answer")
class ResignAnswer(TaskForm):
    """Hand in the answer again, signed."""

    intro = _l("答辩书没有签章，请上传签名或者盖章的答辩书；逾期不交的，视为没有答辩。")
    patent_law = _l("依据：《专利侵权纠纷行政裁决办案指南》（2019）第二章第一节四（三）。")
    submit_label = _l("重交答辩书")

    files = FilesField(_l("签章的答辩书"), required=_l("请上传签名或者盖章的答辩书"))


@task_form("act:extend_answer")
class ExtendAnswer(TaskForm):
    """Give the respondent more time to answer (order 81, art. 22)."""

    title = _l("延长答辩期限")
    intro = _l("被请求人说明理由申请延期的，由合议组决定。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第二十二条。")
    submit_label = _l("准许延长")

    days = WholeField(_l("延长的日数"), least=1, most=30, required=_l("请填写延长的日数"))
    reason = TextBlock(_l("理由"), max_length=1000, required=_l("请写明被请求人申请延期的理由和合议组的意见"))
