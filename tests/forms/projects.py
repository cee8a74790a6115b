"""Answers to the forms of projects and their calls that are accepted, and what those forms are handed."""

from __future__ import annotations

from typing import Any

FACTS: dict[str, Any] = {
    "project_calls": [(1, "2026 年省级高价值专利培育项目")],
    "liaisons": [(81, "林直联"), (82, "方晓明")],
    "may_revise": True,
    "may_return": True,
}

HAPPY: dict[str, dict[str, Any]] = {
    "project": {
        "call_number": 1,
        "organization": 7,
        "heading": "机器人减速器高价值专利培育",
        "asked": "500000.00",
        "content": "围绕减速器的关键部件布局发明专利二十件。",
        "files": [1],
        "truth": True,
    },
    "assign_liaison": {"liaison": 81},
    "act:change_project_liaison": {"liaison": 82, "reason": "原专员休假"},
    "guide_project": {"guidance": "revise", "notes": "请补充检索报告", "items": ["补充检索报告"]},
    "revise_project": {
        "explanation": "已补充检索报告",
        "heading": "减速器高价值专利培育",
        "asked": "400000.00",
        "content": "围绕减速器的关键部件布局发明专利三十件。",
        "files": [2],
    },
    "examine_project": {"examination": "recommended", "opinion": "符合通知的各项条件"},
    "report_project": {"reported_on": "2026-11-20", "report_number": "佛知函〔2026〕8号"},
    "record_result": {
        "result": "funded",
        "result_on": "2026-11-20",
        "granted": "300000.00",
        "result_number": "粤知〔2026〕5号",
        "note": "按计划实施",
        "files": [1],
    },
    "act:withdraw_project": {"reason": "改报明年", "files": [1]},
    "act:record_project_milestone": {"on": "2026-11-20", "text": "导航报告通过验收", "files": [1]},
    "desk:project_call": {
        "heading": "2026 年省级高价值专利培育项目",
        "level": "provincial",
        "kind": "navigation",
        "industries": ["robots", "equipment"],
        "conditions": "有发明专利二十件以上。",
        "places": 5,
        "opens_on": "2026-12-01",
        "closes_on": "2026-12-31",
        "members_only": True,
        "link": "https://amr.gd.gov.cn/",
        "notes": "咨询电话见官方通知",
    },
}
