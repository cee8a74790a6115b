"""What those who tell the demonstration's stories of the programme have in common: the clock, who acts, uploads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.demo.load import PDF
from app.demo.people import City
from app.models import Case, Task, User
from app.services import attempts, papers
from app.services.changing import changing

MORNING = time(9, 40)


@dataclass
class Telling:
    """Tells what happened in one city, each thing on its day; ``base`` is the shift of the clock of today."""

    session: Session
    city: City
    base: timedelta = field(default_factory=clock.shift)

    def at(self, days_ago: int) -> date:
        """Set the clock to the morning so many days ago, and return that day."""
        clock.set_shift(self.base)
        morning = datetime.combine(clock.today() - timedelta(days_ago), MORNING, tzinfo=clock.ZONE)
        clock.set_shift(self.base + (morning - clock.now()))
        return clock.today()

    def now(self) -> date:
        """Set the clock back to today."""
        clock.set_shift(self.base)
        return clock.today()

    def opens(self, process: str, by: User, **answers: Any) -> int:
        """Open a case and return its id."""
        case: Case = attempts.carry_out(self.session, "open", process, answers, by=by)
        return case.id

    def does(self, case_id: int, key: str, answers: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        """Let whoever it lies with do the first open step of this key."""
        rows = select(Task).where(Task.case_id == case_id, Task.key == key, Task.state == "open").order_by(Task.id)
        task = self.session.scalars(rows).first()
        assert task is not None, f"case {case_id} has no open step {key}"
        attempts.carry_out(self.session, "complete", task.id, {**(answers or {}), **more}, by=self._who(task))

    def _who(self, task: Task) -> User:
        if task.assignee_id is not None:
            return self.session.get_one(User, task.assignee_id)
        if task.organization_id is not None:
            return next(p for p in self.city.people.values() if task.organization_id in p.organization_ids)
        return next(p for p in self.city.people.values() if p.has_role(task.role, task.unit_id))

    def uploads(self, by: User, name: str) -> int:
        """Let somebody upload a file and return its id."""
        with changing(self.session):
            return papers.upload(self.session, PDF, name=name, media_type="application/pdf", by=by).id
