"""What a case file shows of an adjudication beside what every case has: panel, evidence, hearings, measures, suits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import clock
from app.domain.adjudication import OVERTURNED, Finding
from app.domain.roles import PartyRole, Role
from app.models import (
    Adjudication,
    Case,
    CaseStaff,
    Evidence,
    EvidenceMeasure,
    Hearing,
    Party,
    Suit,
    Suspension,
    User,
)
from app.queries import hearings, recusals
from app.queries.adjudications import evidence_of
from app.queries.conflicts import open_to
from app.queries.sight import EVER
from app.queries.viewers import viewer


@dataclass(frozen=True, slots=True)
class Trial:
    """The panel and what it works with; what is internal to the office is empty for a party."""

    panel: list[CaseStaff]
    recusal_open: bool
    recorder: User | None
    evidence: list[Evidence]
    hearings: list[Hearing]
    suits: list[Suit]
    suspensions: list[Suspension]
    measures: list[EvidenceMeasure]
    earlier: list[Case]


def trial_of(session: Session, case: Case, user: User, *, until: datetime) -> Trial | None:
    """Return what the case file shows; ``None`` for a case of another kind, and for a party that has left."""
    row, official = case.adjudication, user.is_official
    if case.kind != "adjudication" or row is None or until != EVER:
        return None
    panel = case.seats(Role.ADJUDICATOR)
    return Trial(
        panel=panel,
        recusal_open=any(s.resting for s in panel) and bool(recusals.all_pending(session, case)),
        recorder=row.recorder,
        evidence=evidence_of(session, case) if row.docketed_on or official else [],
        hearings=hearings.of_case(session, case),
        suits=_suits(session, case),
        suspensions=list(
            session.scalars(
                select(Suspension)
                .where(Suspension.case_id == case.id, Suspension.granted.is_(True))
                .order_by(Suspension.id)
            )
        ),
        measures=_measures(session, case) if official else [],
        earlier=earlier_decisions(session, case, user) if official else [],
    )


def _suits(session: Session, case: Case) -> list[Suit]:
    rows = select(Suit).where(Suit.case_id == case.id).options(joinedload(Suit.party))
    return list(session.scalars(rows.order_by(Suit.id)))


def _measures(session: Session, case: Case) -> list[EvidenceMeasure]:
    rows = select(EvidenceMeasure).where(EvidenceMeasure.case_id == case.id)
    return list(session.scalars(rows.options(joinedload(EvidenceMeasure.proposed_by)).order_by(EvidenceMeasure.id)))


def earlier_decisions(session: Session, case: Case, user: User) -> list[Case]:
    """Return the earlier cases in which a respondent of this one was found to infringe the same patent (order 81, art. 34).

    A decision that a court took away is none, and a case that is not theirs is named to nobody.
    """
    row = case.adjudication
    if row is None:
        return []
    asked = [p.organization_id for p in case.parties if p.role == PartyRole.RESPONDENT]
    same = select(Party.case_id).where(Party.role == PartyRole.RESPONDENT, Party.organization_id.in_(asked))
    rows = (
        select(Case)
        .join(Adjudication, Adjudication.case_id == Case.id)
        .where(
            Case.id != case.id,
            Adjudication.right_number == row.right_number,
            Adjudication.finding.in_((Finding.INFRINGED, Finding.PARTLY)),
            Adjudication.decided_on <= (row.decided_on or clock.today()),
            Case.id.in_(same),
            Case.id.not_in(select(Suit.case_id).where(Suit.result.in_(OVERTURNED))),
            open_to(viewer(user), Case.id),
        )
    )
    return list(session.scalars(rows.order_by(Case.id)))
