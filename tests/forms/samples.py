"""For each form, what it is handed and answers that it takes. A test changes only what it is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import forms
from app.domain.awards.options import OPTIONS
from app.domain.identifiers import patent_check_digit
from tests.forms import adjudication, awards, roster

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DESIGN = "202330418812." + patent_check_digit("202330418812")
INVENTION = "202310418812." + patent_check_digit("202310418812")

FACTS: dict[str, Any] = {
    "today": NOW.date(),
    "now": NOW,
    "earliest": date(2026, 11, 20),
    "organizations": [(7, "佛山市南海精工照明有限公司")],
    "corrected": False,
    "asked": {1: "缺专利登记簿副本", 2: "授权委托书未写明权限"},
    "named": {21: "顺德某五金厂", 22: "顺德某贸易有限公司"},
    "respondents": {21: "顺德某五金厂", 22: "顺德某贸易有限公司"},
    "on_paper": True,
    "first_archiving": True,
    "partial": True,
    "last_draft": None,
    "to_serve": [(21, "顺德某五金厂"), (22, "顺德某贸易有限公司")],
    "on_its_way": {},
    "e_service_parties": {20, 21},
    "parties": [(20, "佛山市南海精工照明有限公司"), (21, "顺德某五金厂")],
    "withdrawing": [(20, "佛山市南海精工照明有限公司"), (23, "佛山市某照明研究所")],
    "settling": [(20, "佛山市南海精工照明有限公司"), (21, "顺德某五金厂")],
    "own_parties": [(20, "佛山市南海精工照明有限公司")],
    "mediators": [(31, "李明"), (32, "周芳")],
    "documents": [(41, "调解笔录")],
    "is_the_mediator": False,
    "recusing": [(20, "佛山市南海精工照明有限公司")],
    "recusal": None,
    "silent_parties": [(21, "顺德某五金厂")],
    "agreement_effective_on": date(2026, 11, 16),
    "confirmation_applied_on": date(2026, 11, 18),
    "colleagues": [(51, "陈慧敏")],
    "awards": {"AW11": "专利转让、实施许可买方资助", "AW13": "中国专利金奖"},
    "percent": True,
    "several": True,
    "capped": True,
    "ceiling": True,
    **awards.FACTS,
    **roster.FACTS,
    "rows": {"app-1": "1 佛山市南海精工照明有限公司", "app-2": "2 张**"},
    "years": [(2025, "2025"), (2026, "2026")],
    "units": [("city", "全市"), ("61", "南海区市场监督管理局")],
    "districts": [(61, "南海区市场监督管理局"), (62, "顺德区市场监督管理局")],
    "in_numbers": True,
    "corrects": True,
    **adjudication.FACTS,
}

RESPONDENT: dict[str, Any] = {
    "kind": "enterprise",
    "name": "顺德某贸易有限公司",
    "uscc": "91440606722473344C",
    "address": "佛山市顺德区大良街道 1 号",
    "phone": "13800138000",
}
RECEIVED: dict[str, Any] = {
    "party": 21,
    "method": "post",
    "sent_on": "2026-11-20",
    "result": "received",
    "received_on": "2026-11-22",
    "receiver": "门卫 黄某",
    "proof": [9],
}

HAPPY: dict[str, dict[str, Any]] = {
    "mediation_request": {
        "requester_organization": 7,
        "respondents": [RESPONDENT],
        "right_type": "design",
        "right_number": DESIGN,
        "right_name": "吊灯",
        "right_holder": "佛山市南海精工照明有限公司",
        "standing": "holder",
        "dispute_kind": "infringement",
        "requests": ["停止销售被控产品", "赔偿经济损失 18 万元"],
        "amount_claimed": "180000.00",
        "facts": "被请求人自 2026 年 5 月起在网店销售与本公司外观设计相同的吊灯，经公证购买取证。",
        "agents": [{"name": "王律师", "firm": "某律师事务所", "special": True, "files": [4]}],
        "evidence": [{"title": "公证书", "proves": "销售行为", "pages": 12, "files": [3]}],
        "right_files": [1, 2],
        "no_suit": True,
    },
    "confirm_competence": {"competence": "transfer", "authority": "copyright_office", "reason": "属于著作权纠纷"},
    "formality_check": {
        "check": "correct",
        "points": ["standing"],
        "items": ["缺少专利登记簿副本，请到国家知识产权局办理后补交"],
        "days": 10,
    },
    "correct_materials": {
        "items": [{"item": 1, "answer": "补交副本", "files": [5]}, {"item": 2, "files": [6]}],
        "right_number": DESIGN,
        "requests": ["停止销售被控产品"],
        "parties": [{"party": 21, "name": "顺德某五金制品厂"}],
        "files": [4],
    },
    "serve_request": {"records": [RECEIVED], "give_up": False},
    "serve_agreement": {"records": [RECEIVED]},
    "statement": {"stance": "consents", "opinion": "愿意协商", "received_on": "2026-11-23", "files": [4]},
    "docket": {"mediator": 31},
    "reappoint": {"mediator": 32},
    "refuse_docketing": {"explanation": "可以另行请求行政裁决"},
    "schedule_session": {"at": "2026-11-30T09:30:00+08:00", "venue": "第一调解室", "online": False},
    "hold_session": {"result": "agreed", "attended": [20, 21], "record": "双方就赔偿数额达成一致。"},
    "close_failed": {"reason": "双方对赔偿数额分歧过大"},
    "draft_agreement": {
        "terms": ["被请求人停止销售", "被请求人支付 15 万元"],
        "amount": "150000.00",
        "perform_by": "2026-12-31",
        "open_points": "库存产品的处理",
    },
    "confirm_agreement": {"answer": "confirm", "signed_name": "何志强", "files": [4]},
    "issue_agreement": {"issued": True},
    "joint_application": {"applies": True, "files": [6]},
    "record_confirmation": {"result": "confirmed", "court_number": "（2026）粤0604诉前调确1号", "on": "2026-11-20"},
    "performance": {"finding": "waiting", "on": "2026-11-23", "amount": "50000.00", "next_on": "2026-12-10"},
    "decide_recusal": {"decision": "rejected", "reason": "经核实没有利害关系"},
    "act:withdraw": {"party": 20, "reason": "双方另行协商"},
    "act:settle": {"party": 20, "summary": "被请求人停止销售并赔偿", "files": [8]},
    "act:recuse": {"party": 20, "files": [1], "ground": "interest", "reason": "调解员曾在对方单位任职"},
    "act:hand_over": {"to": 32, "reason": "原调解员调离"},
    "act:extend_closing": {"reason": "涉及多件专利，需要核实研发过程"},
    "act:record_contact": {"on": "2026-11-23", "summary": "电话联络双方，均愿意调解"},
    "act:add_agent": {"party": 20, "name": "王律师", "special": True, "files": [4]},
    "act:register_service": {"document": 41, **RECEIVED},
    "act:apply_notarisation": {"notary": "广东省佛山市某某公证处", "clause": True},
    "act:to_adjudication": {"confirm": True},
    "act:register_statement": {
        "party": 21,
        "received_on": "2026-11-20",
        "stance": "consents",
        "reason": "收发室当日签收，次日转来",
    },
    "act:record_resumption": {"party": 20, "on": "2026-11-20"},
    "act:copy_to_cnipa": {"on": "2026-11-20"},
    "desk:release": {"reason": "与当事人相识"},
    "desk:hand_over": {"to": 51, "reason": "出差"},
    "desk:urge": {"text": "请尽快送达"},
    "desk:note": {"text": "当事人希望线上调解"},
    "act:file_case": {"note": "材料齐全", "checked_by": "林建华"},
    "desk:settings": {
        "office_name": "佛山市市场监督管理局",
        "office_address": "佛山市禅城区影荫路8号",
        "office_postcode": "528000",
        "office_phone": "0757-83310315",
        "number_prefix": "佛知",
        "number_kind_mediation": "快调",
        "number_kind_adjudication": "裁",
        "number_kind_award_application": "奖",
        "number_kind_roster_intake": "培",
        "number_kind_roster_review": "培核",
        "service_public_notice_days": 60,
        "remedy_suit_within": "十五日",
        "retention_mediation_years": 10,
        "retention_adjudication_years": 10,
        "retention_award_application_years": 30,
        "retention_roster_intake_years": 30,
        "retention_roster_review_years": 30,
    },
    "desk:award_line": {
        "award": "AW11",
        "name": "专利转让、实施许可买方资助",
        "name_en": "Subsidy to buyers and licensees of patents",
        "since": "2027-01-01",
        "mode": "percent",
        "rate": 500,
        "cap": 1_000_000,
        "item": "deal",
        "applicants": ["enterprise", "individual"],
        "main_papers": ["contract", "invoice"],
        "secondary_papers": ["filing"],
        "section": "二(二)2",
    },
    "desk:roster_indicator": {
        "key": "openness",
        "name": "国际合作",
        "name_en": "Work abroad",
        "dimension": "growth",
        "weight": 5,
        "least": 20,
        "asked": "境外布局和合作",
        "asked_en": "Filings and partners abroad",
    },
    "desk:roster_proposal": {"least": 65, "effective_from": "2027-01-01", "reason": "2026 年度评估"},
    "desk:award_call": {
        "heading": "2026 年度专利奖励申报",
        "mode": "application",
        "awards": ["AW11", "AW13"],
        "opens_on": "2026-12-01",
        "closes_on": "2026-12-31",
        "budget": "8000000.00",
    },
    "desk:award_budget": {"amount": "500000.00", "reason": "佛财〔2026〕12号"},
    "desk:award_fit": {"applicant": "enterprise", "item": "deal"},
    "desk:award_estimate": {"base": "30000000.00", "items": 1, "approved": "200000.00", "already": "600000.00"},
    "desk:award_proposal": {"effective_from": "2027-01-01", "reason": "资金办法修订"},
    "desk:objection": {
        "row": "app-2",
        "reasons": "该专利的权利人是本公司，转让登记有误。",
        "kind": "unit",
        "name": "佛山市某陶瓷有限公司",
        "uscc": "91440606722473344C",
        "contact": "王小明",
        "phone": "13800138000",
        "email": "wang@example.cn",
        "application": [7],
        "identity": [8],
        "proof": [9],
    },
    "desk:objection_turn_down": {"ground": "unsigned", "answer": "异议书没有加盖公章"},
    "desk:objection_decide": {"outcome": "dismissed", "answer": "经核实，权利人登记无误。"},
    "desk:target_value": {
        "year": 2026,
        "unit": "61",
        "value": "36.5",
        "words": "据年报",
        "files": [4],
        "published": "统计公报第 3 页",
        "reason": "补报",
    },
    "desk:target_return": {"because": "与年报不一致"},
    "desk:target_plan": {"year": 2026, "unit": "city", "value": "32000", "reason": "年度工作计划"},
    "desk:district_task": {
        "year": 2026,
        "units": [61, 62],
        "name": "贯标辅导",
        "what": "开展贯标辅导",
        "section": "三(一)",
        "due_on": "2026-12-31",
    },
    "desk:district_report": {"words": "全年完成贯标辅导 12 场。", "files": [4]},
    "desk:district_return": {"because": "缺企业名单"},
    "desk:district_assessment": {"outcome": "passed", "score": 88, "words": "完成较好"},
    "desk:support": {
        "kind": "NQ05",
        "receiver": "南海区市场监督管理局",
        "uscc": "91440606722473344C",
        "given_on": "2026-01-16",
        "what": "通报表扬",
        "amount": "50000.00",
        "files": [4],
        "published": "通报",
        "reason": "日期有误",
    },
    "desk:award_options": {key.replace(".", "_"): option.default for key, option in OPTIONS.items()},
    "desk:calendar": {"days": ["2027-01-01"], "kind": "off", "reason": "国办发明电〔2026〕8号"},
    "desk:reveal": {"reason": "核对身份"},
    "desk:save_view": {"name": "本周到期", "shared": True},
    **adjudication.happy(INVENTION, RESPONDENT),
    **awards.HAPPY,
    **roster.HAPPY,
}


def filled(key: str, facts: dict[str, Any] | None = None, /, **changes: Any) -> forms.TaskForm:
    """Return the form ``key`` with the answers it takes, changed by ``changes``; ``None`` leaves one out."""
    handed = {**FACTS, **(facts or {})}
    given = {name: value for name, value in {**HAPPY[key], **changes}.items() if value is not None}
    values, wrong = forms.from_json(forms.build(key, facts=handed), given)
    assert not wrong
    return forms.build(key, values, facts=handed)


def refusals(key: str, facts: dict[str, Any] | None = None, /, **changes: Any) -> dict[str, str]:
    """Return the first sentence beside each field that refuses the changed answers."""
    form = filled(key, facts, **changes)
    assert form.validate() == (not form.errors)
    found = {name: sentences[0] for name, sentences in forms.errors_of(form).items()}
    assert bool(found) == bool(form.errors)
    return found
