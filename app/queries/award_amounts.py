"""What an application comes to as it stands, beside what its unit was granted before; nothing is taken."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.awards import grants
from app.domain.awards.grants import Claim, Grant
from app.domain.awards.kinds import Mode
from app.domain.awards.schedule import Award
from app.models import AwardApplication, CapAccount
from app.queries import award_options
from app.queries.award_applications import line_of


def claim_of(row: AwardApplication, line: Award, already: Decimal, ratio: Decimal = grants.ONE) -> Claim:
    """Return what the amount of an application is found from: what the review verified, else what was applied for."""
    items = row.items_approved if line.mode in (Mode.PER_ITEM, Mode.CEILING) else 1
    if line.mode is Mode.PERCENT:
        return Claim(base=row.verified or row.base, already=already, ratio=ratio)
    if line.mode is Mode.CEILING:
        return Claim(items=items, approved=row.approved or line.each * items, already=already, ratio=ratio)
    return Claim(items=items, already=already, ratio=ratio)


def used_of(session: Session, row: AwardApplication) -> Decimal:
    """Return how much of an application's yearly cap is used, in yuan."""
    found = select(CapAccount.used).where(
        CapAccount.organization_id == row.identity_id,
        CapAccount.award == row.award,
        CapAccount.year == row.counted_year,
    )
    return session.scalar(found) or grants.NOTHING


def preview(session: Session, row: AwardApplication) -> Grant:
    """Return what an application would come to now, step by step."""
    line = line_of(session, row)
    already = used_of(session, row) if line.cap is not None else grants.NOTHING
    return grants.compute(
        line, claim_of(row, line, already), year=row.counted_year, rounding=award_options.rounding(session)
    )
