"""Every kind of paper in a fast mediation: who makes it, how many copies, what it says.

Sources: the forms of the 2019 handling guide for patent infringement disputes, order 81 (Measures for administrative
adjudication and mediation of patent disputes), and archiving practice. An id beginning with D is that of the office's list
of papers; one beginning with PY is this product's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.documents.kinds import Field, Issuer, Kind, Source


def _case(name: str, label: str, required: bool = True) -> Field:
    return Field(name, label, Source.CASE, required)


def _answer(name: str, label: str, required: bool = True) -> Field:
    return Field(name, label, Source.ANSWER, required)


def _system(name: str, label: str, required: bool = True) -> Field:
    return Field(name, label, Source.SYSTEM, required)


_NUMBER = _case("case_number", "案号")
_DATE = _case("date", "日期")
_OFFICE_NAME = Field("office", "机关名称", Source.OFFICE)
_CASE = (
    _NUMBER,
    _DATE,
    _case("received_on", "提交日期"),
    _case("cause", "案由"),
    _case("requesters", "请求人"),
    _case("respondents", "被请求人", required=False),
    _case("right", "涉案权利"),
    _case("trademark_law", "商标法依据", required=False),
    _case("other_ways", "其他途径", required=False),
    _OFFICE_NAME,
)
_CONTACT = (
    Field("handler", "联系人", Source.OFFICE, required=False),
    Field("office_phone", "电话", Source.OFFICE),
    Field("office_address", "地址", Source.OFFICE),
    Field("office_postcode", "邮编", Source.OFFICE, required=False),
)
_NOTICE = (*_CASE, *_CONTACT, _system("number", "编号"), _system("to", "受送达人"))

# {n} is the number of those the paper goes to and one more, for the file; one receiver alone has its copy without 各
_TO_REQUESTER = ("本通知书一式{n}份，请求人各一份，一份存档。", "{n} copies: one for each requester, one for the file.")
_TO_RESPONDENT = (
    "本通知书一式{n}份，被请求人各一份，一份存档。",
    "{n} copies: one for each respondent, one for the file.",
)
_TO_ALL = ("本文书一式{n}份，当事人各一份，一份存档。", "{n} copies: one for each party, one for the file.")
_RECEIPT = ("本回执一式{n}份，请求人各一份，一份存档。", _TO_REQUESTER[1])
_FILED = ("本文书一份，存档。", "One copy, for the file.")


def _notice(
    id: str,
    identifier: str,
    names: tuple[str, str],
    copies: tuple[str, str],
    *fields: Field,
    handed_over: bool = False,
) -> Kind:
    """Return a numbered letter of the office."""
    return Kind(
        id=id,
        identifier=identifier,
        name=names[0],
        name_en=names[1],
        issuer=Issuer.OFFICE,
        copies=copies[0],
        copies_en=copies[1],
        needs_number=True,
        handed_over=handed_over,
        fields=(*_NOTICE, *fields),
    )


def _form(
    id: str,
    identifier: str,
    names: tuple[str, str],
    issuer: Issuer,
    *fields: Field,
    copies: tuple[str, str] = ("", ""),
) -> Kind:
    """Return a paper without the office's head: a party's own, or an internal form."""
    return Kind(
        id=id,
        identifier=identifier,
        name=names[0],
        name_en=names[1],
        issuer=issuer,
        copies=copies[0],
        copies_en=copies[1],
        fields=(*_CASE, *fields),
    )


def _attachment(id: str, identifier: str, name: str, name_en: str, issuer: Issuer = Issuer.PARTY) -> Kind:
    """Return a paper that comes as a file and has no template."""
    return Kind(id=id, identifier=identifier, name=name, name_en=name_en, issuer=issuer)


_LETTERS = (
    _form(
        "D02",
        "evidence_list",
        ("证据材料清单", "List of evidence"),
        Issuer.PARTY,
        _answer("items", "证据材料"),
        _answer("submitter", "递交人"),
        copies=(
            "本清单一式两份，一份交递交人，一份存档。",
            "Two copies: one for the person handing in, one for the file.",
        ),
    ),
    _notice(
        "D05",
        "correction_notice",
        ("补正通知书", "Notice of correction"),
        _TO_REQUESTER,
        _answer("items", "应补正的材料"),
        _answer("days", "补正期限"),
    ),
    _notice(
        "D08",
        "refusal_notice",
        ("不予受理通知书", "Notice of refusal"),
        _TO_REQUESTER,
        _answer("reasons", "不予受理的理由"),
        _answer("explanation", "说明", False),
        _system("basis", "依据", False),
        Field("suit_within", "提起行政诉讼的期限", Source.OFFICE),
    ),
    _notice(
        "D12",
        "mediator_notice",
        ("调解员告知书", "Notice of the mediator"),
        _TO_ALL,
        _system("mediator", "调解员"),
        _system("days", "申请回避的期限", False),
    ),
    _form(
        "D13",
        "recusal_application",
        ("回避申请书", "Application for recusal"),
        Issuer.PARTY,
        _system("applicant", "申请人"),
        _system("official", "被申请回避人"),
        _answer("reason", "理由"),
    ),
    _notice(
        "D14",
        "recusal_decision",
        ("回避申请决定书", "Decision on recusal"),
        _TO_ALL,
        _system("applicant", "申请人"),
        _system("official", "被申请回避人"),
        _system("requested_on", "申请日期"),
        _system("applicant_party", "申请人的身份和联系方式", False),
        _system("upheld", "决定"),
        _system("review", "是否复议", False),
        _answer("reason", "理由"),
    ),
    _notice(
        "D15",
        "transfer_notice",
        ("转送通知书", "Notice of transfer"),
        _TO_REQUESTER,
        _answer("authority", "转送的机关"),
        _answer("reason", "理由"),
    ),
    _form(
        "D30",
        "withdrawal_request",
        ("撤回调解请求书", "Withdrawal of the request"),
        Issuer.PARTY,
        _system("party", "请求人"),
        _answer("reason", "理由"),
    ),
    Kind(
        id="D32",
        identifier="mediation_agreement",
        name="调解协议书",
        name_en="Mediation agreement",
        issuer=Issuer.OFFICE,
        copies="本协议书一式{n}份，当事人各执一份，本局存档一份，具有同等效力。",
        copies_en="{n} copies: one for each party, one for the file, all equally authentic.",
        needs_number=True,
        fields=(
            *_CASE,
            _system("number", "编号"),
            _answer("terms", "协议条款"),
            _answer("amount", "给付金额", False),
            _answer("perform_by", "履行期限", False),
            _system("partial", "部分达成协议", False),
            _answer("open_points", "未达成协议的事项", False),
            _system("mediator", "调解员"),
            _system("accepted_on", "受理日期", False),
            _system("docketed_on", "立案日期", False),
            _system("sessions", "调解日期", False),
            _system("confirmed", "当事人的确认", False),
        ),
    ),
    Kind(
        id="D37",
        identifier="service_receipt",
        name="送达回证",
        name_en="Service receipt",
        issuer=Issuer.INTERNAL,
        copies="本回证一份，由送达人收回存档。",
        copies_en="One copy, returned by the server for the file.",
        fields=(
            _NUMBER,
            _OFFICE_NAME,
            _system("document", "送达的文书"),
            _system("receiver_party", "受送达人"),
            _system("address", "送达地址", False),
            _system("agent", "代理人", False),
            _answer("method", "送达方式"),
            _answer("sent_on", "发出日期"),
            _answer("received_on", "收到日期", False),
            _answer("receiver", "收件人", False),
            _answer("note", "备注", False),
        ),
    ),
    _form(
        "D42",
        "mediation_request",
        ("调解请求书", "Request for mediation"),
        Issuer.PARTY,
        _answer("requests", "请求调解的事项"),
        _answer("reasons", "事实和理由"),
        _answer("amount", "请求金额", False),
        _answer("only_damages", "只请求调解赔偿数额", False),
        copies=("本请求书正本一份，并按被请求人人数提交副本。", "One original, and one copy for each respondent."),
    ),
    _notice(
        "D42",
        "statement_notice",
        ("陈述意见通知书", "Notice to state an opinion"),
        _TO_RESPONDENT,
        _system("days", "陈述意见的期限"),
    ),
    _form(
        "D42",
        "statement_of_opinion",
        ("意见陈述书", "Statement of opinion"),
        Issuer.PARTY,
        _system("party", "陈述人"),
        _answer("stance", "是否同意调解"),
        _answer("opinion", "意见", False),
    ),
    _notice(
        "D43",
        "mediation_docket_notice",
        ("调解立案通知书", "Notice of docketing"),
        _TO_ALL,
        _system("docketed_on", "立案日期"),
        _system("mediator", "调解员"),
        _system("left_out", "不参加调解的被请求人", False),
    ),
    _notice(
        "D43",
        "mediation_refusal_notice",
        ("不予立案通知书", "Notice that mediation is not docketed"),
        _TO_REQUESTER,
        _system("reason", "理由"),
        _answer("explanation", "说明", False),
    ),
    _notice(
        "D43",
        "mediation_session_notice",
        ("调解通知书", "Notice of a mediation session"),
        _TO_ALL,
        _answer("at", "时间"),
        _answer("venue", "地点"),
        _answer("online", "是否线上", False),
        _system("place", "次数"),
        _system("mediator", "调解员"),
        _answer("note", "说明", False),
    ),
    _form(
        "D43",
        "mediation_record",
        ("调解笔录", "Record of a mediation session"),
        Issuer.OFFICE,
        _system("place", "次数"),
        _system("at", "时间"),
        _system("venue", "地点"),
        _system("mediator", "调解员"),
        _answer("attended", "到场当事人", False),
        _answer("record", "调解情况"),
        _answer("result", "调解结果"),
        _answer("open_points", "未达成一致的事项", False),
        copies=_FILED,
    ),
    _notice(
        "D43",
        "mediation_cancel_notice",
        ("撤销案件通知书", "Notice of cancellation"),
        _TO_ALL,
        _system("withdrawn", "按撤回处理", False),
        _answer("reason", "理由"),
    ),
    _form(
        "D44",
        "judicial_confirmation_application",
        ("司法确认申请书", "Application for judicial confirmation"),
        Issuer.PARTY,
        _system("effective_on", "协议生效日"),
        _system("agreement_number", "协议编号"),
        _answer("court", "法院", False),
    ),
    _notice(
        "PY03",
        "mediation_certificate",
        ("主持调解证明", "Certificate of mediation"),
        _TO_ALL,
        _system("agreement_number", "协议编号"),
        _system("effective_on", "协议生效日"),
        _system("docketed_on", "立案日期"),
        _system("mediator", "调解员"),
    ),
    _form(
        "D44",
        "notarisation_application",
        ("赋予强制执行效力公证申请书", "Application for notarial enforceability"),
        Issuer.PARTY,
        _answer("notary", "公证机构"),
        _system("agreement_number", "协议编号"),
        _system("issued_on", "协议签发日"),
        _system("effective_on", "协议生效日", False),
        _system("amount", "给付金额"),
        _system("perform_by", "履行期限", False),
    ),
    _form(
        "D45",
        "case_file_cover",
        ("案卷封面", "Cover of the case file"),
        Issuer.INTERNAL,
        _system("volume", "卷别"),
        _system("mediator", "承办人", False),
        _system("docketed_on", "立案日期", False),
        _system("closed_on", "结案日期"),
        _system("result", "处理结果"),
        _system("pages", "卷内页数"),
        _system("retention", "保管期限"),
        _system("archive_number", "归档号", False),
    ),
    _form("D45", "file_index", ("卷内目录", "Index of the file"), Issuer.INTERNAL, _system("items", "卷内文件")),
    _form(
        "D45",
        "file_note",
        ("备考表", "Note on the file"),
        Issuer.INTERNAL,
        _answer("note", "本卷情况说明", False),
        _system("count", "卷内件数"),
        _system("pages", "卷内页数"),
        _system("made_by", "立卷人"),
        _answer("checked_by", "检查人", False),
    ),
    _notice(
        "PY01",
        "submission_receipt",
        ("收件回执", "Receipt of submission"),
        _RECEIPT,
        _system("receipt_number", "受理号"),
        handed_over=True,
    ),
    _form(
        "PY02",
        "performance_record",
        ("履行情况记录", "Record of performance"),
        Issuer.OFFICE,
        _answer("on", "查明日期"),
        _answer("finding", "履行情况"),
        _answer("amount", "已履行金额", False),
        _answer("detail", "具体情况", False),
        copies=_FILED,
    ),
    _form(
        "D01",
        "adjudication_request_draft",
        ("专利侵权纠纷处理请求书（草稿）", "Request for adjudication (draft)"),
        Issuer.PARTY,
        _system("requests", "请求处理的事项", False),
        _system("mediated", "只能调解的事项", False),
        _system("reasons", "事实和理由"),
        _system("first_filed_on", "首次提出请求的日期"),
    ),
)

_ATTACHMENTS = (
    _attachment("D03", "power_of_attorney", "授权委托书", "Power of attorney"),
    _attachment("D33", "settlement_agreement", "和解协议书", "Settlement agreement"),
    _attachment("D04", "identity_proof", "主体资格证明", "Proof of identity"),
    _attachment("PY10", "right_proof", "权利证明", "Proof of the right"),
    _attachment("PY11", "infringement_decision", "认定侵权成立的决定", "Decision that found infringement"),
    _attachment("PY12", "evidence", "证据材料", "Evidence"),
    _attachment("PY13", "corrected_materials", "补正材料", "Corrected materials"),
    _attachment("PY14", "statement_attachment", "意见陈述书附件", "Attachment to the statement"),
    _attachment("PY15", "recusal_proof", "回避事由的证明", "Proof of the ground for recusal"),
    _attachment("PY16", "withdrawal_attachment", "撤回请求的附件", "Attachment to the withdrawal"),
    _attachment("PY17", "signed_agreement", "当事人签章的协议书", "Agreement signed by a party"),
    _attachment("PY18", "confirmation_attachment", "司法确认申请材料", "Papers for judicial confirmation"),
    _attachment("PY19", "court_ruling", "人民法院裁定书", "Ruling of the court"),
    _attachment("PY20", "performance_proof", "履行情况的证明", "Proof of performance"),
    _attachment("PY21", "resumption_proof", "办理恢复手续的凭证", "Proof that resumption was asked for"),
    _attachment("PY22", "copy_proof", "抄送国家知识产权局的凭证", "Proof of the copy to the national office"),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.identifier: kind for kind in (*_LETTERS, *_ATTACHMENTS)})


_A_PARTYS = frozenset(kind.name for kind in KINDS.values() if kind.issuer is Issuer.PARTY)


def is_a_partys(name: str) -> bool:
    """Say whether a party is the author of papers of this name, even though we typeset them."""
    return name in _A_PARTYS
