"""For each form of an adjudication, what it is handed and answers that it takes."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.hearing_script import SCRIPT

OURS, THEIRS = (20, "佛山市南海精工照明有限公司"), (21, "顺德某五金厂")
BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

FACTS: dict[str, Any] = {
    "adjudicators": [(61, "冯志远"), (62, "曾庆怡"), (63, "关淑珍"), (64, "苏永强")],
    "recorders": [(31, "李明"), (61, "冯志远")],
    "proposed": "docket",
    "panel_members": [(71, "冯志远"), (72, "曾庆怡")],
    "sits_on_the_panel": False,
    "recusals": [(81, "冯志远")],
    "vacant": [(71, "冯志远")],
    "seats": [(71, "冯志远"), (72, "曾庆怡")],
    "objecting": [THEIRS],
    "asking": [OURS, THEIRS],
    "all_parties": [OURS, THEIRS],
    "giving_evidence": [OURS, THEIRS],
    "resigned": False,
    "proposal": None,
    "suspension": None,
    "measure": None,
    "registers": True,
    "granted_measures": [(91, "调查取证：某电商平台")],
    "investigators": [(61, "冯志远"), (62, "曾庆怡"), (63, "关淑珍")],
    "evidence": [(1, "请证1 公证书"), (2, "被证1 说明书")],
    "evidence_to_examine": [(1, "公证书（佛山市南海精工照明有限公司）"), (2, "说明书（顺德某五金厂）")],
    "numbers": {1: "请证1", 2: "被证1", 3: "请证2"},
    "new_evidence": [(3, "合同（佛山市南海精工照明有限公司）")],
    "requests": ["责令停止销售"],
    "opinions": {"votes": [], "majority": "infringed"},
    "majority": "infringed",
    "last_decision": None,
    "reschedules": [],
    "coming_hearing": SimpleNamespace(at=BEGAN),
    "script": [(part.code, part.heading) for part in SCRIPT],
    "attended": [OURS, THEIRS],
    "disclosure": {},
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
EVIDENCE = [{"title": "公证书", "proves": "销售行为", "pages": 12, "files": [3]}]
THINGS = [{"name": "吊灯", "model": "X-1", "quantity": 2, "kept_at": "本局证据室"}]


def happy(patent: str, respondent: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the answers by form; ``patent`` is the number of an invention, ``respondent`` a party as a request names it."""
    return {
        "adjudication_request": {
            "requester_organization": 7,
            "respondents": [respondent],
            "right_type": "invention",
            "right_number": patent,
            "right_name": "一种吊灯",
            "right_holder": "佛山市南海精工照明有限公司",
            "claims": "1、3",
            "standing": "holder",
            "requests": ["责令停止制造、销售被控产品"],
            "facts": "被请求人自 2026 年 5 月起制造、销售落入权利要求 1 保护范围的吊灯，经公证购买取证。",
            "evidence": EVIDENCE,
            "right_files": [1, 2],
            "no_suit": True,
        },
        "confirm_adjudication": {
            "competence": "transfer",
            "authority": "copyright_office",
            "reason": "属于著作权纠纷",
        },
        "examine_request": {
            "check": "docket",
            "points": ["standing", "respondent", "patent", "claims", "jurisdiction", "no_suit"],
            "summary": "请求人主张被请求人侵犯其专利权。",
            "opinion": "符合受理条件，建议立案。",
        },
        "correct_request": {
            "items": [{"item": 1, "answer": "补交副本", "files": [5]}, {"item": 2, "files": [6]}],
            "claims": "1",
            "parties": [{"party": 21, "name": "顺德某五金制品厂"}],
        },
        "review_docketing": {"review": "agree", "opinion": "同意"},
        "decide_docketing": {
            "docketing": "docket",
            "members": [61, 62, 63],
            "presiding": 61,
            "recorder": 31,
            "opinion": "同意立案",
        },
        "act:recuse_member": {
            "party": 20,
            "members": [71],
            "ground": "interest",
            "reason": "曾在对方单位任职",
            "files": [1],
        },
        "decide_panel_recusal": {
            "decisions": [{"recusal": 81, "decision": "rejected", "reason": "经核实没有利害关系"}]
        },
        "replace_member": {"seats": [{"seat": 71, "member": 64}]},
        "act:change_panel": {"seat": 71, "member": 64, "reason": "调离"},
        "serve_case": {"records": [RECEIVED]},
        "serve_answer": {"records": [RECEIVED]},
        "answer": {
            "grounds": ["no_infringement"],
            "opinion": "被控产品缺少权利要求 1 的锁扣特征，不落入保护范围。",
            "evidence": EVIDENCE,
            "files": [4],
            "received_on": "2026-11-20",
        },
        "check_answer": {"answer": "complete"},
        "resign_answer": {"files": [4]},
        "act:extend_answer": {"days": 10, "reason": "需要检索现有技术"},
        "act:withdraw_case": {"party": 20, "ground": "other", "reason": "双方另行协商"},
        "act:settle_case": {"party": 20, "summary": "被请求人停止销售并补偿", "files": [8]},
        "act:propose_cancellation": {"ground": "invalidated", "reason": "专利权已被宣告全部无效"},
        "decide_cancellation": {"decision": "granted", "reason": "请求人撤回请求"},
        "act:object_jurisdiction": {
            "party": 21,
            "authority": "广州市知识产权局",
            "reason": "侵权行为地在广州",
            "files": [4],
        },
        "decide_jurisdiction": {"decision": "upheld", "authority": "广州市知识产权局", "reason": "异议成立"},
        "act:ask_suspension": {"party": 21, "ground": "invalidation", "reason": "无效宣告请求已受理", "files": [4]},
        "act:ask_reschedule": {"party": 21, "reason": "代理人当日另有庭审"},
        "act:suspend": {"ground": "invalidation", "reason": "无效宣告请求已受理"},
        "decide_suspension": {"decision": "refused", "against": "clean_report", "reason": "评价报告未发现缺陷"},
        "act:resume": {"reason": "专利权维持有效"},
        "act:extend_closing_of_case": {"ladder": "second", "reason": "特别复杂", "files": [4]},
        "act:register_answer": {
            "received_on": "2026-11-20",
            "grounds": ["no_infringement"],
            "opinion": "被控产品缺少权利要求 1 的特征",
            "files": [4],
        },
        "act:extend_docketing": {"reason": "涉及多项权利要求的解释"},
        "act:join_party": {**respondent, "reason": "被控产品的制造者"},
        "set_evidence_period": {"period": True, "days": 15},
        "hand_in_evidence": {"evidence": EVIDENCE, "received_on": "2026-11-20"},
        "act:submit_evidence": {"party": 20, "evidence": EVIDENCE, "reason": "刚刚取得", "files": [4]},
        "act:extend_evidence": {"party": 21, "days": 10, "reason": "境外取证", "files": [4]},
        "act:examine_new_evidence": {"examined": [{"evidence": 3, "number": "请证9", "opinion": "没有意见"}]},
        "act:publish_again": {
            "case_name": "电热水壶专利侵权纠纷",
            "facts": "裁决已被撤销",
            "basis_text": "行政判决",
            "result": "原裁决不再执行",
            "checks": ["content", "secrecy", "privacy"],
        },
        "examine_evidence": {
            "examined": [
                {"evidence": 1, "number": "请证1", "opinion": "对真实性无异议"},
                {"evidence": 2, "number": "被证1", "opinion": "没有意见"},
            ]
        },
        "act:request_measure": {
            "party": 20,
            "investigated": "某电商平台",
            "evidence": "销售记录，证明销售数量",
            "kept_at": "平台后台",
            "reason": "属于平台内部数据，无法自行取得",
            "files": [4],
        },
        "act:propose_measure": {"kind": "registration", "of": "顺德某五金厂", "reason": "模具可能灭失"},
        "decide_measure": {"decision": "granted", "opinion": "同意", "things": THINGS},
        "settle_registration": {"outcome": "released", "reason": "已拍照取证"},
        "act:record_measure": {
            "measure": 91,
            "began": "2026-11-23T08:00:00+08:00",
            "ended": "2026-11-23T09:00:00+08:00",
            "venue": "某电商平台",
            "officials": [61, 62],
            "record": "调取销售记录一份",
            "files": [4],
        },
        "choose_trial": {"way": "hearing"},
        "schedule_hearing": {"at": "2026-12-10T09:00:00+08:00", "venue": "第二审理庭"},
        "hearing_reply": {"attends": True, "people": [{"name": "王律师", "unit": "某律师事务所"}]},
        "hold_hearing": {
            "result": "heard",
            "attended": [20, 21],
            "ended": "2026-11-23T09:30:00+08:00",
            "script": [{"part": "identity", "text": "各方身份核对无误"}],
        },
        "sign_transcript": {
            "signatures": [{"party": 20, "how": "signed"}, {"party": 21, "how": "refused", "note": "拒绝签名"}],
            "files": [4],
        },
        "notify_findings": {
            "facts": "被请求人制造、销售了被控产品。",
            "reasons": "被控产品落入权利要求 1 的保护范围。",
            "basis_text": "《中华人民共和国专利法》第十一条",
            "days": 5,
        },
        "comment_findings": {"comment": "没有意见", "received_on": "2026-11-20"},
        "deliberate": {"vote": "infringed", "text": "经比对，落入权利要求 1 的保护范围。"},
        "conclude_deliberation": {"concluded": "majority"},
        "draft_decision": {
            "finding": "infringed",
            "evidence_findings": [
                {"evidence": 1, "admitted": True},
                {"evidence": 2, "admitted": False, "assessment": "没有原件"},
            ],
            "facts": "经审理查明，被请求人自 2026 年 5 月起制造、销售被控产品。",
            "reasoning": "被控产品具备权利要求 1 的全部技术特征，落入保护范围。",
            "orders": ["责令被请求人立即停止制造、销售被控产品"],
            "summary": "请求人主张被请求人侵权。",
        },
        "review_decision": {"review": "agree", "opinion": "同意"},
        "approve_decision": {"decision": "issued", "opinion": "同意签发"},
        "act:correct_decision": {
            "corrections": [{"was": "2026 年 5 月", "now": "2026 年 6 月"}],
            "reason": "笔误",
            "confirm": True,
        },
        "serve_decision": {"records": [RECEIVED]},
        "serve_exhortation": {"records": [RECEIVED]},
        "mask_decision": {
            "case_name": "吊灯专利侵权纠纷",
            "facts": "制造、销售被控产品",
            "basis_text": "《中华人民共和国专利法》第六十五条",
            "result": "责令停止制造、销售",
            "checks": ["content", "secrecy", "privacy"],
        },
        "approve_publication": {"publication": "publish"},
        "check_performance": {"performance": "performed", "on": "2026-11-22", "detail": "现场核查，已经停止"},
        "apply_enforcement": {
            "performance": "applied",
            "on": "2026-11-22",
            "detail": "仍在销售",
            "court": "广州知识产权法院",
        },
        "record_enforcement": {"result": "not_accepted", "on": "2026-11-22", "record": "裁定不予执行"},
        "act:record_suit": {
            "party": 21,
            "result": "filed",
            "on": "2026-11-22",
            "court": "广州知识产权法院",
            "number": "（2026）粤73行初1号",
        },
        "act:withdraw_publication": {"reason": "裁决已被撤销", "confirm": True},
        "act:mediate": {"consent": True, "reason": "双方当庭同意"},
        "mediate_inside": {
            "talks": "agreed",
            "record": "双方协商一致",
            "terms": ["停止销售", "补偿 15 万元"],
            "amount": "150000.00",
        },
        "confirm_terms": {"answer": "confirm", "signed_name": "何志强"},
        "seal_terms": {"issued": True},
        "serve_terms": {"records": [RECEIVED]},
        "act:settlement_talks": {"reason": "双方共同申请", "files": [4]},
        "act:end_talks": {"reason": "和解不成"},
    }
