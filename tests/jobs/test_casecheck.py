from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from app.jobs import casecheck
from app.models import Case, Event, Incident, Task, User, db
from app.services import attempts
from app.services.attempts import Failed
from tests.conftest import Today
from tests.flows.office import Office
from tests.jobs.conftest import work


def tamper(change: Any) -> None:
    db.session.execute(change)
    db.session.commit()


def incidents(what: str) -> list[Incident]:
    db.session.rollback()
    return list(db.session.scalars(select(Incident).where(Incident.what == what, Incident.settled_at.is_(None))))


def test_cases_on_every_stretch_of_the_way_agree_with_their_history(office: Office, today: Today) -> None:
    office.accepted(), office.docketed(), office.agreed(), office.performing()
    withdrawn = office.served()
    office.requester.acts(withdrawn, "withdraw", reason="已另行协商")
    office.served()
    today.moves(days=30)
    work(office)
    assert casecheck.reconcile(db.session()) == {"cases": 6, "flaws": 0}
    assert casecheck.verify(db.session()) == {"cases": 6, "flaws": 0}


def test_a_state_that_does_not_follow_from_the_history_is_found(office: Office) -> None:
    case = office.served()
    tamper(update(Case).where(Case.id == case.id).values(state="performed"))
    casecheck.reconcile(db.session())
    casecheck.reconcile(db.session())
    [incident] = incidents("reconcile")
    assert "awaiting_statement" in incident.error
    assert (incident.case_id, incident.tries) == (case.id, 2)


def test_a_task_that_was_lost_is_found(office: Office) -> None:
    case = office.served()
    tamper(
        update(Task).where(Task.case_id == case.id, Task.state == "open").values(state="cancelled", done_at=case_time())
    )
    assert casecheck.reconcile(db.session())["flaws"] == 1


def case_time() -> Any:
    return db.session.scalar(select(Case.opened_at))


def test_an_edited_history_is_found(office: Office) -> None:
    case = office.served()
    tamper(update(Event).where(Event.case_id == case.id, Event.seq == 2).values(data={"by": "somebody"}))
    casecheck.verify(db.session())
    [incident] = incidents("verify")
    assert incident.error.startswith("第 2 条")


def test_looking_again_settles_it_only_when_it_fits_again(office: Office) -> None:
    case = office.served()
    admin = db.session.get_one(User, office.admin.id)
    tamper(update(Case).where(Case.id == case.id).values(state="performed"))
    casecheck.reconcile(db.session())
    [incident] = incidents("reconcile")
    with pytest.raises(Failed):
        attempts.retry(db.session(), incident.id, by=admin)
    tamper(update(Case).where(Case.id == case.id).values(state="awaiting_statement"))
    attempts.retry(db.session(), incident.id, by=admin)
    assert incidents("reconcile") == []


def test_the_night_comes_once_a_day(office: Office, today: Today) -> None:
    office.served()
    assert set(work(office).nightly) == {"reconcile", "verify", "retention", "files"}
    assert work(office).nightly == {}
    today.moves(hours=16)
    assert work(office).nightly == {}  # two o'clock
    today.moves(hours=1)
    assert set(work(office).nightly) == {"reconcile", "verify", "retention", "files"}
