"""Facts for the papers of an application for an award."""

from __future__ import annotations

from typing import Any

APPLICANT = {
    "name": "佛山市顺德区美力智能厨房电器制造有限公司",
    "uscc": "91440606MA5XXXXX0X",
    "legal_representative": "何云",
    "address": "广东省佛山市顺德区北滘镇工业大道8号",
    "postcode": "528311",
    "phone": "0757-****3456",
    "role": "申报单位",
    "agents": [],
}
IN_COMMON: dict[str, Any] = {
    "process": "award_application",
    "case_number": "佛知奖〔2026〕31号",
    "number": "佛知奖〔2026〕31-4号",
    "award": {
        "id": "AW11",
        "name": "专利转让、实施许可买方资助",
        "citation": "佛山市知识产权培优工程实施方案 第二(二)2；佛市监办发〔2019〕11号",
        "things": ["一种陶瓷砖防滑结构（粤佛许〔2026〕12号）"],
    },
    "applicants": [APPLICANT],
    "to": [APPLICANT],
}
OWN: dict[str, dict[str, Any]] = {
    "award_receipt": {"receipt_number": "FS2603020000017"},
    "award_correction_notice": {"items": ["缺付款凭证", "合同没有签章页"], "days": 10},
    "award_refusal_notice": {
        "grounds": ["不在申报期间或者获奖、成交时间不在申报范围"],
        "explanation": "合同签订于2023年。",
    },
    "award_rejection_notice": {"reason": "转让方与受让方有关联关系。", "last": False, "days": 10},
    "award_reconsideration_decision": {"upheld": True, "reason": "补充的材料不能证明没有关联关系。"},
    "award_grant_notice": {
        "sum": "人民币肆拾万元整（¥400,000.00）",
        "steps": [
            "30,000,000 元的 5% 是 1,500,000 元",
            "年度上限 1,000,000 元",
            "2026 年已获 600,000 元，还可以给予 400,000 元",
            "给予 400,000 元",
        ],
    },
    "award_lapse_notice": {},
    "award_recovery_notice": {
        "sum": "人民币肆拾万元整（¥400,000.00）",
        "ground": "虚假申报、骗取资金",
        "reason": "转让合同系伪造，双方没有真实交易。",
        "days": 30,
        "until": "2031-11-28",
    },
}
