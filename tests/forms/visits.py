"""Answers to the forms of yearly visits that are accepted, and what those forms are handed."""

from __future__ import annotations

from typing import Any

FACTS: dict[str, Any] = {
    "visit_members": [(81, "佛山市南海精工照明有限公司"), (82, "佛山市某机器人有限公司")],
    "visit_years": [("2026", "2026"), ("2027", "2027")],
    "this_year": 2026,
    "visitors": [(83, "罗怡")],
    "questionnaire": 1,
    "unanswered": True,
    "open_problems": [(91, "1. 缺少海外布局指导"), (92, "2. 培训太少")],
    "problem_facts": {},
}
SCORES = [{"question": one, "points": 4} for one in ("liaison", "projects", "training", "visits", "policies")]
PROBLEM = {"what": "缺少海外布局指导", "owner": "liaison", "due_on": "2026-12-20"}

HAPPY: dict[str, dict[str, Any]] = {
    "visit": {"member": 81, "year": 2026, "by_day": "2026-12-20"},
    "fix_visit": {
        "on": "2026-11-30",
        "who": "罗怡（直联专员）、吴雪琴",
        "subjects": ["培优政策的意见", "专利导航需求"],
        "remark": "单位希望上午",
    },
    "visit_questionnaire": {
        "scores": SCORES,
        "words": [{"question": "opinions", "words": "政策推送很及时"}],
        "files": [1],
    },
    "record_visit": {
        "held_on": "2026-11-23",
        "took_part": "罗怡；公司总经理何志强",
        "summary": "了解了培优政策的落实情况，听取了意见。",
        "minutes": "单位对拨付进度有意见。",
        "files": [2],
        "scores": SCORES,
        "words": [{"question": "difficulties", "words": "缺少海外维权人才"}],
        "problems": [PROBLEM],
        "remark": "请区局一并跟进",
    },
    "follow_up": {
        "problems": [{"problem": 91, "answer": "已对接海外维权专家", "closed_on": "2026-11-23"}],
        "remark": "",
    },
    "close_visit": {
        "closing": "conclude",
        "conclusion": "培优工作开展正常。",
        "adjusts": True,
        "adjustment": "增加海外布局辅导",
        "carried": "培训问题列入明年计划",
    },
    "act:cancel_visit": {"ground": "left", "reason": "单位迁出本市"},
    "act:skip_questionnaire": {"confirm": True},
    "act:change_visitor": {"to": 83, "reason": "原专员调离"},
    "act:amend_problems": {
        "dues": [{"problem": 91, "due_on": "2026-12-31"}],
        "added": [PROBLEM],
        "reason": "需要省局协调",
    },
    "desk:visit_plan": {"members": [81, 82], "by_day": "2026-12-20", "visitor": 83},
    "desk:visit_line": {"visitor": 83, "by_day": "2026-12-20"},
}
