"""Answers to the forms of award applications that are accepted, and what those forms are handed."""

from __future__ import annotations

from typing import Any

FACTS: dict[str, Any] = {
    "calls": {"1:AW11": "AW11 专利转让、实施许可买方资助（2026 年度专利奖励申报）"},
    "needed": {"1:AW11": {"percent": True, "papers": ["contract", "filing"], "secondary": ["filing"]}},
    "districts": [(61, "顺德区市场监督管理局")],
    "own_districts": {7: 61},
    "promised": ["filing", "register"],
    "direct": False,
    "things": 1,
    "base": None,
    "applicant_name": "佛山市南海精工照明有限公司",
    "award_seats": [(71, "谢敏仪（审核人员）")],
}

THING = {"name": "一种陶瓷砖防滑结构", "number": "粤佛许〔2026〕12号", "on": "2026-01-15"}
ACCOUNT = {"account_name": "佛山市南海精工照明有限公司", "bank": "中国银行佛山分行", "account": "755012345678"}

HAPPY: dict[str, dict[str, Any]] = {
    "award_application": {
        "applies_for": "1:AW11",
        "organization": 7,
        "district": 61,
        "things": [THING],
        "base": "3000000.00",
        "papers": [{"kind": "contract", "files": [1]}],
        "promised": ["filing"],
        **ACCOUNT,
        "truth": True,
    },
    "award_formality": {"check": "correct", "items": ["缺合同"], "days": 10},
    "correct_application": {
        "explanation": "补交合同",
        "files": [2],
        "things": [THING],
        "base": "2000000.00",
        **ACCOUNT,
    },
    "supply_papers": {
        "papers": [{"kind": "filing", "files": [1]}, {"kind": "register", "files": [2]}],
        "files": [3],
    },
    "recommend": {"recommended": True, "opinion": "登记注册和经营情况属实"},
    "score": {
        "points": [{"criterion": one, "points": 80} for one in ("innovation", "protection", "benefit", "authenticity")],
        "text": "技术先进，效益明显",
        "free": True,
    },
    "review": {
        "verdict": "support",
        "amount": "3000000.00",
        "approved": "200000.00",
        "items": 1,
        "text": "材料真实，符合条件",
    },
    "approve_review": {"conclusion": "district", "reason": "推荐意见没有写明经营情况"},
    "reconsideration": {"reconsideration": "ask", "reason": "合同已经备案，请重新审核", "files": [1]},
    "reconsider": {"reconsidered": "again", "reason": "备案证明可以采信"},
    "confirm_grant": {"confirmation": "confirm", **ACCOUNT, "files": [1]},
    "settle_appeal": {"upheld": True, "things": [THING], "base": "2000000.00", "reason": "认定文件编号有误，已经更正"},
    "correct_account": {**ACCOUNT, "files": [1]},
    "confirm_receipt": {"on": "2026-11-20", "files": [1]},
    "act:withdraw_application": {"reason": "合同已经解除", "files": []},
    "act:supply_papers": {
        "papers": [{"kind": "filing", "files": [1]}, {"kind": "register", "files": [2]}],
        "files": [3],
    },
    "act:recuse_reviewer": {"seat": 71, "ground": "interest", "reason": "审核人员的配偶在本单位任职"},
    "act:record_evaluation": {"effect": "good", "text": "专利已经实施，新增产值明显", "files": [1]},
    "act:propose_recovery": {
        "ground": "false_filing",
        "amount": "150000.00",
        "reason": "合同系伪造，没有真实交易",
        "files": [1],
    },
    "act:decide_recovery": {"ordered": True, "days": 30, "reason": "事实清楚，依法追回"},
    "act:record_repayment": {"amount": "150000.00", "on": "2026-11-20", "files": [1]},
    "decide_reviewer_recusal": {"decision": "upheld", "reason": "情况属实"},
}
