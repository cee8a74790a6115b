"""Papers of an application for an award. The programme names none of them: they are this product's own."""

from __future__ import annotations

from app.documents.catalogue.entries import (
    CONTACT,
    DATE,
    NUMBER,
    OFFICE_NAME,
    TO_ONE_APPLICANT,
    Words,
    answer,
    attachment,
    case,
    system,
)
from app.documents.kinds import Field, Issuer, Kind

APPLICATION = (
    NUMBER,
    DATE,
    case("received_on", "提交日期"),
    case("process", "程序", required=False),
    case("award", "奖项"),
    case("applicants", "申报单位"),
    OFFICE_NAME,
)


def _notice(id: str, identifier: str, names: Words, *fields: Field, handed_over: bool = False) -> Kind:
    """Return a numbered letter of the office to the applicant."""
    return Kind(
        id=id,
        identifier=identifier,
        name=names[0],
        name_en=names[1],
        issuer=Issuer.OFFICE,
        copies=TO_ONE_APPLICANT[0],
        copies_en=TO_ONE_APPLICANT[1],
        needs_number=True,
        handed_over=handed_over,
        fields=(*APPLICATION, *CONTACT, system("number", "编号"), system("to", "受送达人"), *fields),
    )


LETTERS = (
    _notice(
        "PY60",
        "award_receipt",
        ("申报回执", "Receipt of an application"),
        system("receipt_number", "受理号"),
        handed_over=True,
    ),
    _notice(
        "PY61",
        "award_correction_notice",
        ("申报补正通知书", "Notice to correct an application"),
        answer("items", "应补正的材料"),
        answer("days", "补正期限"),
    ),
    _notice(
        "PY62",
        "award_refusal_notice",
        ("申报不予受理通知书", "Notice that an application is not accepted"),
        answer("grounds", "不予受理的理由"),
        answer("explanation", "说明", False),
    ),
    _notice(
        "PY63",
        "award_rejection_notice",
        ("申报审核结果通知书", "Notice of the result of a review"),
        answer("reason", "不予支持的理由"),
        system("last", "已经复核", False),
        system("days", "申请复核的期限", False),
    ),
    _notice(
        "PY64",
        "award_reconsideration_decision",
        ("申报复核决定书", "Decision on reconsideration"),
        answer("upheld", "是否维持"),
        answer("reason", "理由"),
    ),
    _notice(
        "PY65",
        "award_grant_notice",
        ("奖励资助核定通知书", "Notice of a grant"),
        system("sum", "核定金额"),
        system("steps", "计算过程"),
    ),
    _notice(
        "PY68",
        "award_recovery_notice",
        ("追回资金通知书", "Notice that money is to be repaid"),
        system("sum", "追回的金额"),
        answer("ground", "事由"),
        answer("reason", "事实和依据"),
        answer("days", "退款期限"),
        system("until", "停止申报至", False),
    ),
    _notice("PY66", "award_lapse_notice", ("逾期未确认通知书", "Notice that a grant was not confirmed in time")),
)
ATTACHMENTS = (attachment("PY67", "award_evidence", "申报材料", "Papers of an application"),)
