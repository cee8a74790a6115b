"""Papers of the evidence in an adjudication: the period for it, what is asked for, taken, kept and examined."""

from __future__ import annotations

from app.documents.catalogue.entries import FILED, TO_ALL, Words, answer, form, letter, notice, system
from app.documents.kinds import Field, Issuer, Kind

_ONE_EACH = ("本决定书一式两份，被取证人一份，一份存档。", "Two copies: one for whom it concerns, one for the file.")
_LISTED = ("本清单一式两份，被取证人一份，一份存档。", _ONE_EACH[1])
_OF = system("of", "被取证人")
_THINGS = system("things", "取证的对象", False)


def _list(id: str, identifier: str, names: Words) -> Kind:
    """Return a list of things that were taken, kept or given back."""
    return form(id, identifier, names, Issuer.OFFICE, _OF, answer("items", "物品"), copies=_LISTED)


def _decision(id: str, identifier: str, names: Words, *fields: Field) -> Kind:
    """Return a decision on evidence, which goes to whoever has it."""
    return letter(id, identifier, names, _ONE_EACH, _OF, *fields)


LETTERS = (
    notice(
        "PY09",
        "evidence_notice",
        ("举证通知书", "Notice to hand in evidence"),
        TO_ALL,
        answer("days", "举证期限"),
        answer("agreed", "各方协商一致", False),
        answer("until", "举证期限届满日", False),
    ),
    form(
        "D16",
        "investigation_request",
        ("调查取证请求书", "Request to take evidence"),
        Issuer.PARTY,
        system("party", "请求人"),
        answer("investigated", "被调查人"),
        answer("address", "住所地", False),
        answer("evidence", "证据内容及所要证明的事实"),
        answer("kept_at", "证据存放地点", False),
        answer("reason", "理由"),
    ),
    form(
        "D17",
        "investigation_approval_form",
        ("调查取证审批表", "Approval to take evidence"),
        Issuer.INTERNAL,
        answer("measure", "取证方式"),
        answer("of", "被调查取证人"),
        _THINGS,
        answer("reason", "申请事项及理由"),
        system("proposed_by", "承办人"),
        system("proposed_on", "承办日期"),
        system("section_opinion", "处（科）室负责人意见", False),
        system("section_head", "处（科）室负责人", False),
        system("reviewed_on", "审核日期", False),
        system("director_opinion", "部门负责人意见", False),
        system("director", "部门负责人", False),
        system("decided_on", "审批日期", False),
        system("granted", "审批结果", False),
        copies=FILED,
    ),
    form(
        "D18",
        "investigation_record",
        ("调查笔录", "Record of an inquiry"),
        Issuer.OFFICE,
        answer("of", "被调查人"),
        answer("investigators", "调查人员"),
        answer("venue", "地点"),
        answer("began", "开始时间"),
        answer("ended", "结束时间"),
        answer("record", "调查情况"),
        copies=FILED,
    ),
    form(
        "D19",
        "inspection_record",
        ("现场检查（勘验）笔录", "Record of an inspection"),
        Issuer.OFFICE,
        answer("began", "开始时间"),
        answer("ended", "结束时间"),
        answer("venue", "地点"),
        answer("inspectors", "检查人员"),
        answer("present", "当事人、见证人"),
        answer("told", "告知情况"),
        answer("record", "检查情况"),
        copies=FILED,
    ),
    _decision(
        "D20", "sampling_decision", ("抽样取证决定书", "Decision to take samples"), _THINGS, answer("reason", "理由")
    ),
    _list("D20", "sampling_list", ("抽样取证清单", "List of samples")),
    _decision(
        "D21",
        "preservation_decision",
        ("证据登记保存决定书", "Decision to register evidence"),
        _THINGS,
        answer("reason", "理由"),
        answer("from", "登记保存起始时间"),
        system("days", "作出处理决定的期限"),
    ),
    _list("D21", "preservation_list", ("证据登记保存清单", "List of registered evidence")),
    _decision(
        "D22",
        "release_decision",
        ("解除证据登记保存决定书", "Decision to release evidence"),
        system("decided_on", "原决定的日期"),
        system("number_of_decision", "原决定的文号"),
        answer("from", "解除时间"),
        answer("outcome", "处理情况"),
    ),
    _list("D22", "release_list", ("解除证据登记保存清单", "List of released evidence")),
    letter(
        "D23",
        "appraisal_commission",
        ("技术鉴定委托书", "Commission of an appraisal"),
        ("本委托书一式两份，受委托单位一份，一份存档。", "Two copies: one for the institution, one for the file."),
        answer("institution", "受委托单位"),
        answer("matters", "鉴定事项"),
        answer("demands", "鉴定要求", False),
        answer("finish_by", "完成日期"),
        answer("copies", "鉴定结论份数", False),
    ),
)
