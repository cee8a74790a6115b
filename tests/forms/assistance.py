"""Answers to the forms of requests for help that are accepted, and what those forms are handed."""

from __future__ import annotations

from typing import Any

FACTS: dict[str, Any] = {
    "asking_units": [(7, "佛山市南海精工照明有限公司")],
    "liaisons": [(81, "林直联"), (82, "方联络")],
    "own_liaison": 81,
    "reopened": False,
    "roster_members": {91: "佛山市南海精工照明有限公司"},
}

HAPPY: dict[str, dict[str, Any]] = {
    "assistance": {
        "organization": 7,
        "need": "financing",
        "wanted": "专利质押贷款到期，希望对接续贷的银行，并了解风险补偿政策。",
        "files": [1],
    },
    "assign_assistance": {"assignment": "liaison", "liaison": 81},
    "handle_assistance": {"handling": "answer", "answer": "已对接两家银行，下周上门洽谈。", "files": [2]},
    "rate_assistance": {"solved": False, "rating": 3, "remark": "银行还没有联系我们"},
    "act:withdraw_assistance": {"reason": "已经自行解决"},
    "act:extend_assistance": {"reason": "需要金融部门配合"},
    "act:reassign_assistance": {"liaison": 82, "reason": "原承办人休假"},
}
