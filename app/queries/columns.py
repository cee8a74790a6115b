"""The columns of the task list: which there are, which of them somebody sees, and what is read for them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.domain.errors import RuleBroken
from app.models import Task, User

# What to do and the number of the case are always shown; these beside them, in this order.
COLUMNS = ("parties", "process", "state", "queue", "holder", "opened", "due")
OF_THE_OFFICE = ("queue", "holder")
USUAL = ("parties", "opened", "due")


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the columns named by ``codes`` in the order of the list; raises ``RuleBroken`` where there is no such."""
    wanted = set(codes)
    if wanted - set(COLUMNS):
        raise RuleBroken("没有这一列", field="columns")
    return tuple(code for code in COLUMNS if code in wanted)


def offered(user: User) -> tuple[str, ...]:
    """Return the columns that somebody may choose; who in the office holds a task is the office's business."""
    return COLUMNS if user.is_official else tuple(code for code in COLUMNS if code not in OF_THE_OFFICE)


def shown(user: User, carried: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the columns to show: those that the view carries, else those this person chose, else the usual ones."""
    chosen = USUAL if user.inbox_columns is None else user.inbox_columns
    return tuple(code for code in offered(user) if code in (carried or chosen))


def read_for(columns: Iterable[str]) -> list[ExecutableOption]:
    """Return what has to be loaded beside the rows; the usual columns need nothing."""
    needed = {
        "state": selectinload(Task.case),
        "queue": selectinload(Task.unit),
        "holder": selectinload(Task.assignee).lazyload(User.memberships),
    }
    return [needed[code] for code in columns if code in needed]
