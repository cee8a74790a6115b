"""The ledger of yearly caps: taken from and given back to under a lock, so that no two acts grant the same yuan."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app import clock
from app.models import AwardApplication, CapAccount, CapEntry, User
from app.services import writing

_LOCKED: Select[CapAccount] = (
    select(CapAccount)
    .where(
        CapAccount.organization_id == bindparam("organization"),
        CapAccount.award == bindparam("award"),
        CapAccount.year == bindparam("year"),
    )
    .with_for_update()
    .execution_options(populate_existing=True)
)


def account_of(session: Session, row: AwardApplication) -> CapAccount:
    """Return the account of an application's cap as it is now, locked until the transaction ends; the first use opens it."""
    key = {"organization_id": row.identity_id, "award": row.award, "year": row.counted_year}
    session.flush()  # what this act has taken already is not lost with what is read anew
    writing.insert_missing(session, CapAccount, **key, used=Decimal(0))
    wanted = {"organization": row.identity_id, "award": row.award, "year": row.counted_year}
    return session.scalars(_LOCKED, wanted).one()


def move(
    session: Session, account: CapAccount, row: AwardApplication, amount: Decimal, why: str, *, by: User | None
) -> None:
    """Take ``amount`` yuan from a locked account, or give it back where it is below 0; every movement is written down."""
    if not amount:
        return
    account.used += amount
    session.add(
        CapEntry(
            account_id=account.id,
            case_id=row.case_id,
            amount=amount,
            why=why,
            at=clock.now(),
            by_id=by.id if by else None,
        )
    )
