"""A desk at which tasks are taken, held and given back by the services themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.models import Task, User, db
from app.services import tasks
from app.services.changing import changing
from tests.flows.office import POINTS, Case, Office, Person

ACCEPT = {"check": "accept", "points": POINTS}


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def does(what: str, task_id: int, *, by: Person, **given: Any) -> None:
    """Do something with a task in one transaction."""
    db.session.rollback()
    with changing(db.session):
        if "to" in given:
            given["to"] = user(given["to"]) if isinstance(given["to"], Person) else given["to"]
        getattr(tasks, what)(db.session(), task_id, by=user(by), **given)


def holder(task_id: int) -> int | None:
    db.session.rollback()
    return db.session.scalar(select(Task.assignee_id).where(Task.id == task_id))


def check_of(office: Office) -> tuple[Case, int]:
    case = office.files()
    return case, case.task("formality_check", office.clerk)
