"""Batches of grants, and which applications wait for one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import policy
from app.domain.awards.batches import BatchState, GrantState
from app.domain.errors import NotFound
from app.domain.states import State
from app.models import AwardApplication, AwardBatch, AwardCall, AwardGrant, Case, PaymentList, User
from app.queries.cases import visible_to


def waiting(session: Session, user: User, call: AwardCall) -> list[AwardApplication]:
    """Return the applications of a call that were supported and stand in no batch, as far as ``user`` may see them."""
    taken = exists().where(
        AwardGrant.case_id == AwardApplication.case_id, AwardGrant.state != GrantState.TAKEN_OUT.value
    )
    rows = (
        select(AwardApplication)
        .join(Case, Case.id == AwardApplication.case_id)
        .where(AwardApplication.call_id == call.id, Case.state == State.RECOMMENDED, ~taken, visible_to(user))
        .options(joinedload(AwardApplication.case).selectinload(Case.parties))
        .order_by(AwardApplication.award, AwardApplication.case_id)
    )
    return list(session.scalars(rows).unique())


def batches(session: Session) -> list[AwardBatch]:
    """Return every batch that was not thrown away, the newest first."""
    rows = select(AwardBatch).where(AwardBatch.state != BatchState.DISCARDED.value).order_by(AwardBatch.id.desc())
    return list(session.scalars(rows.options(joinedload(AwardBatch.call), selectinload(AwardBatch.grants))))


def batch_for(session: Session, user: User, batch_id: int) -> AwardBatch:
    """Return a batch with its lines for whoever has to do with awards. Raises ``NotFound``."""
    rows = select(AwardBatch).where(AwardBatch.id == batch_id, AwardBatch.state != BatchState.DISCARDED.value)
    lines = selectinload(AwardBatch.grants).joinedload(AwardGrant.application)
    found = (
        session.scalar(rows.options(lines.joinedload(AwardApplication.case).selectinload(Case.parties)))
        if policy.has_to_do_with_awards(user, None)
        else None
    )
    if found is None:
        raise NotFound("award_batch")
    return found


def payable(session: Session, call: AwardCall) -> list[AwardGrant]:
    """Return the approved lines of a call that are on no list, those whose payment came back too once they are put right."""
    rows = (
        select(AwardGrant)
        .join(AwardBatch)
        .join(Case, Case.id == AwardGrant.case_id)
        .where(
            AwardBatch.call_id == call.id,
            AwardGrant.state == GrantState.APPROVED.value,
            Case.state == State.APPROVED,
        )
    )
    lines = joinedload(AwardGrant.application).joinedload(AwardApplication.case).selectinload(Case.parties)
    return list(session.scalars(rows.options(lines).order_by(AwardGrant.id)).unique())


def lists(session: Session) -> Sequence[PaymentList]:
    """Return every payment list, the newest first."""
    rows = select(PaymentList).options(joinedload(PaymentList.call)).order_by(PaymentList.id.desc())
    return session.scalars(rows).all()


def list_for(session: Session, user: User, list_id: int) -> PaymentList:
    """Return a payment list with its lines for whoever has to do with awards. Raises ``NotFound``."""
    lines = selectinload(PaymentList.grants).joinedload(AwardGrant.application).joinedload(AwardApplication.case)
    rows = select(PaymentList).where(PaymentList.id == list_id).options(lines.selectinload(Case.parties))
    found = session.scalar(rows) if policy.has_to_do_with_awards(user, None) else None
    if found is None:
        raise NotFound("payment_list")
    return found
