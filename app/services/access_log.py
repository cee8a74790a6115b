"""The access log: what happened at the door and to somebody's rights (GB/T 22239-2019, 8.1.4.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.models import AccessLog, User


def record(
    session: Session, kind: str, *, user: User | None = None, username: str = "", address: str = "", **detail: Any
) -> None:
    """Write down one thing that happened, to whom and from where; ``username`` where nobody is known by it."""
    session.add(
        AccessLog(
            at=clock.now(),
            kind=kind,
            user_id=user.id if user else None,
            username=(user.username if user else username)[:64],
            address=address[:64],
            detail=detail,
        )
    )
