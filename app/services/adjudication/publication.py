"""Publication of the decision: prepared, checked, approved, withdrawn (order 81, art. 83; disclosure regulation)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.domain.adjudication import OVERTURNED, Finding
from app.domain.errors import RuleBroken
from app.domain.events import DecisionPublished, PublicationProposed, PublicationReturned, PublicationWithdrawn
from app.domain.publishing import masked, passages, renamed
from app.models import Publication, Task
from app.queries import publications
from app.services import clocks, papers, parties
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import current
from app.services.adjudication.enforcement import issued, of_decision

RULE, AGAIN = "adjudication.publish", "adjudication.publish_again"
TEXTS = ("case_name", "facts", "basis_text", "result")


@step("mask_decision")
def mask_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep what is to be published, with what must not be seen taken out; the head of the department looks at it."""
    row = _prepare(acting, answers)
    acting.record(PublicationProposed(masked=len(row.masked)))
    return {}


def _prepare(acting: Acting, answers: Answers) -> Publication:
    assert acting.by is not None
    names = publications.persons(acting.case)
    hide = [*(answers.get("hide") or []), *publications.homes(acting.case)]
    hidden = [p for name in TEXTS for p in passages(answers[name], hide)]
    row = Publication(
        case_id=acting.case.id,
        sheet={name: renamed(masked(answers[name], hide), names) for name in TEXTS},
        masked=[{"what": p} for p in dict.fromkeys([*hide, *hidden])],
        prepared_by_id=acting.by.id,
    )
    acting.session.add(row)
    return row


def prepared(acting: Acting) -> Publication:
    """Return what was prepared last."""
    rows = select(Publication).where(Publication.case_id == acting.case.id).order_by(Publication.id.desc())
    return acting.session.scalars(rows.limit(1)).one()


@step("approve_publication")
def approve_publication(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Publish the sheet (D46), or send it back."""
    if answers["publication"] == "return":
        acting.record(PublicationReturned(reason=answers["reason"]))
        return {"publication": "return"}
    _publish(acting, prepared(acting))
    clocks.end(acting, RULE, met=True)
    return {"publication": "publish"}


def _publish(acting: Acting, row: Publication) -> None:
    assert acting.by is not None
    document = papers.issue(acting, "case_disclosure_sheet", **_printed(acting, row))
    acting.session.flush()  # the publication names its paper
    row.published_on, row.approved_by_id, row.document_id = acting.today, acting.by.id, document.id
    current.adjudication(acting).published_on = acting.today
    acting.record(DecisionPublished(on=acting.today))


def _printed(acting: Acting, row: Publication) -> dict[str, Any]:
    ruling = publications.rulings(acting.session, [acting.case.id]).get(acting.case.id)
    gone = ruling in OVERTURNED
    return {
        **of_decision(acting),
        "case_name": row.sheet["case_name"],
        "offender": None if gone or issued(acting).finding == Finding.NOT_INFRINGED else _offender(acting),
        "ruling": ruling.label if ruling else "",
        "facts": row.sheet["facts"],
        "basis": row.sheet["basis_text"],
        "perform": row.sheet["result"],
        "decided_on": of_decision(acting)["decision_on"],
        "masked": [{"what": f"秘密和个人信息{len(row.masked)}处"}] if row.masked else [],
    }


def _offender(acting: Acting) -> dict[str, str]:
    """Return who was found to infringe; a decision that found nothing, or that a court took away, names nobody."""
    respondent = parties.respondents(acting)[0]
    return {
        "name": renamed(respondent.name, publications.persons(acting.case)),
        "uscc": respondent.organization.uscc or "",
        "legal_representative": respondent.told("legal_representative"),
    }


@act("withdraw_publication")
def withdraw_publication(acting: Acting, answers: Answers) -> Data | None:
    """Take the decision off the public pages."""
    row = prepared(acting)
    if row.published_on is None or row.withdrawn_on is not None:
        raise RuleBroken("裁决没有公开，或者已经撤下", field="reason")
    row.withdrawn_on = acting.today
    adjudication = current.adjudication(acting)
    adjudication.published_on, adjudication.unpublished_on = None, acting.today
    acting.record(PublicationWithdrawn(reason=answers["reason"]))
    return None


@act("publish_again")
def publish_again(acting: Acting, answers: Answers) -> Data | None:
    """Publish the decision as it stands after it was taken off: the head of the department prepares and allows it."""
    _publish(acting, _prepare(acting, answers))
    clocks.end(acting, AGAIN, met=True)
    return None


def overturned(acting: Acting, on: date) -> None:
    """A court took away a decision that had been published: what is public is put right within twenty working days."""
    row = current.adjudication(acting)
    if row.published_on is not None or row.unpublished_on is not None:
        acting.milestone("decision_changed", on)
        clocks.start(acting, AGAIN)
