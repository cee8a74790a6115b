"""Papers of a nomination for the roster and of the yearly review. The programme names none: they are this product's own."""

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

MATTER = (
    NUMBER,
    DATE,
    case("received_on", "提交日期"),
    case("process", "程序", required=False),
    case("roster", "名录事项"),
    case("applicants", "申报单位"),
    OFFICE_NAME,
)


def _notice(id: str, identifier: str, names: Words, *fields: Field, handed_over: bool = False) -> Kind:
    """Return a numbered letter of the office to the unit."""
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
        fields=(*MATTER, *CONTACT, system("number", "编号"), system("to", "受送达人"), *fields),
    )


LETTERS = (
    _notice(
        "PY70",
        "roster_receipt",
        ("自荐回执", "Receipt of a nomination"),
        system("receipt_number", "受理号"),
        handed_over=True,
    ),
    _notice(
        "PY71",
        "roster_correction_notice",
        ("自荐补正通知书", "Notice to correct a nomination"),
        answer("items", "应补正的材料"),
        answer("days", "补正期限"),
    ),
    _notice(
        "PY72",
        "roster_refusal_notice",
        ("自荐不予受理通知书", "Notice that a nomination is not accepted"),
        answer("grounds", "不予受理的理由"),
        answer("explanation", "说明", False),
    ),
    _notice(
        "PY73",
        "roster_result_notice",
        ("名录评选结果通知书", "Notice of the result of a selection"),
        system("chosen", "是否入选"),
        system("reason", "理由", False),
    ),
    _notice(
        "PY74",
        "roster_putting_right_notice",
        ("名录单位整改通知书", "Notice to put right"),
        answer("items", "整改事项"),
        answer("days", "整改期限"),
    ),
    _notice(
        "PY75",
        "roster_review_notice",
        ("名录年度复核结果通知书", "Notice of the result of a yearly review"),
        system("outcome", "复核结果"),
        system("reason", "理由", False),
    ),
)
ATTACHMENTS = (attachment("PY76", "roster_evidence", "名录申报和自评材料", "Papers of a nomination or a self-report"),)
