"""Facts for every letter: as full as a case gives them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.documents import adjudication_facts, award_facts, roster_facts


def _party(name: str, role: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "uscc": "91440606722473344C",
        "legal_representative": "何志强",
        "address": "广东省佛山市顺德区北滘镇工业大道 12 号美力产业园 3 栋 501 室",
        "postcode": "528311",
        "phone": "0757-26330000",
        "role": role,
        "agents": [],
        **more,
    }


REQUESTER = _party(
    "佛山市顺德区美力智能厨房电器制造有限公司",
    "请求人",
    agents=[
        {"name": "陈晓岚", "firm": "广东岭南知识产权代理有限公司", "authority": "特别授权"},
        {"name": "黄建国", "firm": "广东岭南律师事务所", "authority": "一般授权"},
    ],
)
RESPONDENT = _party("中山市欧倍克五金塑料制品厂（普通合伙）", "被请求人", legal_representative="梁少芬")
STORY = (
    "请求人是涉案专利的权利人，专利至今有效。2026 年 8 月起，被请求人未经许可制造、销售被控产品。\n"
    "请求人于 2026 年 9 月 3 日公证购买被控产品一台，经比对，其技术特征落入权利要求 1 至 3 的保护范围；"
    "产品页面见 https://shop.example.cn/item/1234567890abcdefghijklmnopqrstuvwxyz?sku=00000000000000000001。"
)
COMMON: dict[str, Any] = {
    "case_number": "佛知快调〔2026〕128号",
    "number": "佛知快调〔2026〕128-7号",
    "date": "2026-11-03",
    "received_on": "2026-10-09",
    "requesters": [REQUESTER],
    "respondents": [RESPONDENT],
    "right": {
        "type": "实用新型专利",
        "number": "ZL201720345678.9",
        "name": "一种具有自清洁功能的集成灶烟道结构及其控制装置",
        "holder": "佛山市顺德区美力智能厨房电器制造有限公司",
        "patent": True,
    },
    "cause": "实用新型专利侵权赔偿数额纠纷",
    "office": "佛山市市场监督管理局（佛山市知识产权局）",
    "office_address": "佛山市禅城区影荫路8号",
    "office_phone": "0757-83310315",
    "office_postcode": "528000",
    "handler": "李雅文",
    "to": [REQUESTER],
}
BOTH = {"to": [REQUESTER, RESPONDENT]}
FORM = {"number": None, "to": []}
EVIDENCE = [
    {
        "n": n,
        "title": f"第 {n} 项：被控产品的公证购买记录及实物照片",
        "proves": "被请求人制造、销售被控产品",
        "pages": 4 + n,
    }
    for n in range(1, 21)
]
OWN: dict[str, dict[str, Any]] = {
    "evidence_list": {**FORM, "items": EVIDENCE, "submitter": REQUESTER["name"]},
    "correction_notice": {
        "items": ["请求人的营业执照副本复印件，加盖公章；", "涉案专利的登记簿副本；", "按被请求人人数提交请求书副本。"],
        "days": 7,
    },
    "refusal_notice": {
        "reasons": ["not_competent", "in_court"],
        "explanation": "该纠纷已由佛山市中级人民法院于 2026 年 9 月 20 日受理。",
        "suit_within": "十五日",
    },
    "mediator_notice": {**BOTH, "mediator": "区颖诗", "days": "3"},
    "recusal_application": {
        **FORM,
        "applicant": RESPONDENT["name"],
        "official": "区颖诗",
        "reason": "与本案有利害关系：调解员曾任请求人的法律顾问。\n有聘书复印件为证。",
    },
    "recusal_decision": {
        **BOTH,
        "applicant": RESPONDENT["name"],
        "official": "区颖诗",
        "requested_on": "2026-10-29",
        "applicant_party": RESPONDENT,
        "upheld": True,
        "reason": "经查，调解员 2024 年担任请求人的法律顾问，可能影响公正办理。",
    },
    "transfer_notice": {
        "authority": "佛山市版权局（市委宣传部）",
        "reason": "请求事项为作品著作权纠纷，由著作权主管部门管辖。",
    },
    "withdrawal_request": {**FORM, "party": REQUESTER["name"], "reason": "双方已自行和解。"},
    "mediation_agreement": {
        **BOTH,
        "terms": [
            "被请求人自本协议生效之日起停止制造、销售型号为 OBK-900 的集成灶，并于三十日内销毁专用模具。",
            "被请求人向请求人支付赔偿金，款项汇入请求人的对公账户。",
            "请求人不再就 2026 年 10 月 31 日以前的制造、销售行为追究被请求人的责任。",
        ],
        "amount": "185000.50",
        "perform_by": "2026-12-31",
        "partial": True,
        "open_points": "库存零配件的处理方式。",
        "mediator": "区颖诗",
        "accepted_on": "2026-10-12",
        "docketed_on": "2026-10-30",
        "sessions": ["2026-11-01", "2026-11-02"],
        "confirmed": [
            {"name": REQUESTER["name"], "on": "2026-11-01"},
            {"name": RESPONDENT["name"], "on": "2026-11-02"},
        ],
    },
    "service_receipt": {
        **FORM,
        "document": {"title": "调解请求书副本、陈述意见通知书", "number": "佛知快调〔2026〕128-3号", "pages": 5},
        "receiver_party": RESPONDENT["name"],
        "address": "广东省中山市小榄镇工业大道南 88 号",
        "agent": "",
        "method": "post",
        "sent_on": "2026-10-16",
        "received_on": "2026-10-19",
        "receiver": "梁少芬",
        "note": "邮政特快专递，单号 1234567890123。",
    },
    "mediation_request": {
        **FORM,
        "requests": ["停止制造、销售侵害涉案专利权的产品；", "赔偿经济损失及合理开支。"],
        "reasons": STORY,
        "amount": "300000",
    },
    "statement_notice": {"to": [RESPONDENT], "days": 15},
    "statement_of_opinion": {
        **FORM,
        "party": RESPONDENT["name"],
        "stance": "consents",
        "opinion": "我方愿意调解，但赔偿数额过高。\n被控产品另有合法来源。",
        "received_on": "2026-10-28",
    },
    "mediation_certificate": {
        **BOTH,
        "mediator": "区颖诗",
        "docketed_on": "2026-10-30",
        "agreement_number": "佛知快调〔2026〕128-6号",
        "effective_on": "2026-11-02",
    },
    "mediation_docket_notice": {**BOTH, "docketed_on": "2026-11-03", "mediator": "区颖诗"},
    "mediation_refusal_notice": {"reason": "被请求人不同意调解", "explanation": "意见陈述书已附卷。"},
    "mediation_session_notice": {
        **BOTH,
        "place": 2,
        "at": "2026-11-12T14:30:00+08:00",
        "venue": "佛山市知识产权保护中心三楼第二调解室（禅城区季华五路 22 号）",
        "online": False,
        "mediator": "区颖诗",
        "note": "地下停车场凭本通知免费停车。",
    },
    "mediation_record": {
        **FORM,
        "place": 2,
        "at": "2026-11-12T14:30:00+08:00",
        "venue": "佛山市知识产权保护中心三楼第二调解室",
        "mediator": "区颖诗",
        "attended": [REQUESTER["name"], RESPONDENT["name"]],
        "record": "调解员核对参加人身份，告知权利义务，询问是否申请回避，双方均不申请。\n"
        "请求人：要求停止侵权并赔偿三十万元。\n被请求人：可以停止，赔偿只能承担十五万元。\n"
        "调解员分别与双方谈话后，双方就停止行为取得一致。",
        "result": "部分达成协议",
        "open_points": "库存零配件的处理方式。",
    },
    "mediation_cancel_notice": {**BOTH, "reason": "双方就赔偿数额差距过大，经两次调解未能达成一致。"},
    "judicial_confirmation_application": {
        **FORM,
        **BOTH,
        "effective_on": "2026-11-06",
        "agreement_number": "佛知快调〔2026〕128-11号",
        "court": "佛山市禅城区人民法院",
    },
    "notarisation_application": {
        **FORM,
        **BOTH,
        "notary": "广东省佛山市禅城公证处",
        "agreement_number": "佛知快调〔2026〕128-11号",
        "issued_on": "2026-11-03",
        "effective_on": "2026-11-06",
        "amount": "180000.00",
        "perform_by": "2026-12-31",
    },
    "case_file_cover": {
        **FORM,
        "volume": "正卷",
        "mediator": "区颖诗",
        "docketed_on": "2026-11-03",
        "closed_on": "2027-01-05",
        "result": "达成调解协议，已履行完毕",
        "pages": 86,
        "retention": "10 年",
        "archive_number": "",
    },
    "file_index": {
        **FORM,
        "items": [
            {
                "number": f"佛知快调〔2026〕128-{n}号",
                "author": "佛山市市场监督管理局（佛山市知识产权局）" if n % 2 else REQUESTER["name"],
                "title": "陈述意见通知书及送达回证",
                "date": f"2026-10-{n + 5:02d}",
                "page": 3 * n,
            }
            for n in range(1, 21)
        ],
    },
    "file_note": {**FORM, "count": 20, "pages": 86, "made_by": "区颖诗", "checked_by": ""},
    "submission_receipt": {"receipt_number": "FS2610090001287"},
    "performance_record": {
        **FORM,
        "on": "2026-12-28",
        "finding": "已履行完毕",
        "amount": "185000.50",
        "detail": "请求人确认款项到账，模具销毁照片附卷。",
    },
    "adjudication_request_draft": {
        **FORM,
        "requests": ["责令停止制造、销售侵害涉案专利权的产品。"],
        "mediated": ["赔偿经济损失 18 万元"],
        "reasons": STORY,
        "first_filed_on": "2026-10-09",
    },
}

TO_ONE_SIDE = {
    "acceptance_notice": [REQUESTER],
    "adjudication_refusal_notice": [REQUESTER],
    "evaluation_report_notice": [REQUESTER],
    "answer_notice": [RESPONDENT],
    "resign_notice": [RESPONDENT],
    "exhortation_letter": [RESPONDENT],
}


def _addressed(kind: str) -> dict[str, Any]:
    return {"to": TO_ONE_SIDE.get(kind, BOTH["to"])}


Sample = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Return the full facts of a kind of letter, with what the test changes."""

    def facts(kind: str, **changes: Any) -> dict[str, Any]:
        if kind in award_facts.OWN:
            own = {**award_facts.IN_COMMON, **award_facts.OWN[kind]}
        elif kind in roster_facts.OWN:
            own = {**roster_facts.IN_COMMON, **roster_facts.OWN[kind]}
        elif kind in adjudication_facts.OWN:
            own = {**adjudication_facts.IN_COMMON, **_addressed(kind), **adjudication_facts.OWN[kind]}
        else:
            own = OWN[kind]
        return deepcopy({**COMMON, **own, **changes})

    return facts
