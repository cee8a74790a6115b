"""Answers to the forms of the roster that are accepted, and what those forms are handed."""

from __future__ import annotations

from typing import Any

INDICATORS = ("inventions", "management")
FACTS: dict[str, Any] = {
    "batches": [(81, "2026 年度培优名录")],
    "indicators": [(one, one) for one in INDICATORS],
    "members": [(91, "佛山市南海精工照明有限公司")],
    "proposed": "保留",
}

FIGURES: dict[str, Any] = {
    "inventions": 12,
    "other_patents": 80,
    "trademarks": 25,
    "standards": 2,
    "staff": 3,
    "revenue": "250000000.00",
}

HAPPY: dict[str, dict[str, Any]] = {
    "roster_intake": {
        "batch": 81,
        "organization": 7,
        "district": 61,
        "industry": "appliances",
        **FIGURES,
        "achievements": "建立了知识产权管理制度，专利转化成效明显。",
        "plan": "三年内发明专利翻一番，需要专利导航服务。",
        "files": [1],
        "truth": True,
    },
    "nomination_formality": {"check": "correct", "items": ["缺专利清单"], "days": 10},
    "correct_nomination": {"explanation": "补交专利清单", "files": [2]},
    "evaluate": {
        "points": [{"indicator": one, "points": 80} for one in INDICATORS],
        "text": "符合入库标准",
        "free": True,
    },
    "act:step_aside": {"reason": "曾任该单位顾问"},
    "act:withdraw_nomination": {"reason": "经营调整", "files": [1]},
    "roster_review": {"member": 91, "reason": "媒体报道存在侵权"},
    "self_report": {
        **FIGURES,
        "achievements": "一年来新增发明专利三件，完成贯标。",
        "problems": "缺少专利分析人才",
        "files": [1],
    },
    "check_facts": {"found": "核实无误，没有失信记录", "files": [1]},
    "assess_member": {"outcome": "put_right", "reason": "制度不健全", "items": ["建立制度"], "days": 20},
    "approve_assessment": {"approval": "back", "reason": "理由不充分"},
    "put_right": {"explanation": "已经建立制度并培训", "files": [1]},
    "examine_putting_right": {"done": True, "reason": "制度已经施行"},
    "desk:roster_batch": {
        "kind": "intake",
        "heading": "2026 年度培优名录",
        "opens_on": "2026-12-01",
        "closes_on": "2026-12-31",
        "places": 60,
        "shares": [{"of": "district:61", "least": 5, "most": 20}, {"of": "industry:robots", "least": 2}],
        "notes": "按入库标准评审",
    },
    "desk:roster_liaison": {"liaison": 81},
    "desk:roster_departure": {"exit": "its_own_wish", "note": "单位来函"},
    "desk:roster_bar": {
        "uscc": "91440606722473344C",
        "kind": "dishonest",
        "first_day": "2026-11-01",
        "last_day": "2029-10-31",
        "source": "国家知识产权局公告",
    },
}
