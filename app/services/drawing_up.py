"""What one person draws up and another publishes: the steps that are the same for whatever it is (four eyes)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken, Stale
from app.models import User
from app.models.drawn_up import DrawnUp


def take_draft(session: Session, row: DrawnUp) -> None:
    """Lock what is being drawn up. Raises ``Stale`` where it has been handed over or decided since."""
    session.flush()  # what this act has changed is not lost with what is read anew
    session.refresh(row, with_for_update=True)
    if not row.is_drawn_up:
        raise Stale("草稿已经提交或者办结，不能修改")


def take_proposed(session: Session, row: DrawnUp) -> None:
    """Lock what waits to be published. Raises ``Stale`` where somebody has decided it."""
    session.flush()  # as above
    session.refresh(row, with_for_update=True)
    if not row.waits:
        raise Stale("刚才已有人办理了这一事项，请刷新后查看")


def refuse_own(row: DrawnUp, by: User) -> None:
    """Raise ``RuleBroken`` for whoever would publish what they drew up themselves."""
    if row.made_by_id == by.id:
        raise RuleBroken("起草的人不能发布自己起草的内容，请由另一人发布")


def hand_over(row: DrawnUp, *, by: User) -> None:
    """Hand a draft to whoever publishes it; who hands it over answers for it."""
    row.proposed_at, row.made_by_id = clock.now(), by.id


def decide(row: DrawnUp, state: str, *, by: User) -> None:
    """Note that it was published or thrown away, and by whom."""
    row.state, row.decided_by_id, row.decided_at = state, by.id, clock.now()
