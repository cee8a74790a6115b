"""Facts for the papers of the roster."""

from __future__ import annotations

from typing import Any

from tests.documents.award_facts import APPLICANT

IN_COMMON: dict[str, Any] = {
    "process": "roster_intake",
    "case_number": "佛知培〔2026〕12号",
    "number": "佛知培〔2026〕12-3号",
    "roster": {"matter": "2026 年度培优名录", "district": "顺德区市场监督管理局", "industry": "家用电器"},
    "applicants": [APPLICANT],
    "to": [APPLICANT],
}
OWN: dict[str, dict[str, Any]] = {
    "roster_receipt": {"receipt_number": "FS2603020000017"},
    "roster_correction_notice": {"items": ["缺专利清单", "营业收入没有审计报告"], "days": 10},
    "roster_refusal_notice": {"grounds": ["不在佛山市登记注册"], "explanation": "登记地在广州市。"},
    "roster_result_notice": {"chosen": False, "reason": "名额已满"},
    "roster_putting_right_notice": {"items": ["建立知识产权管理制度"], "days": 40},
    "roster_review_notice": {"outcome": "保留在名录，予以警示", "reason": "上一年度没有新增发明专利。"},
}
