"""Two at the same moment, things that break, and numbers that must not have gaps; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app import audit
from app.models import Case as CaseRow
from app.models import Event, Incident, Submission, Task, User, db
from app.services import acting, attempts
from tests.flows.moment import at_once, posts
from tests.flows.office import POINTS, Office

ACCEPT = {"check": "accept", "points": POINTS}


def test_two_equal_submissions_give_one_success_one_conflict_and_one_event(either_office: Office) -> None:
    office = either_office
    for _ in range(3):
        case = office.files()
        task = case.task("formality_check", office.clerk)
        content = {"answers": ACCEPT}
        path = f"/tasks/{task}/complete"
        statuses = at_once(
            office.app, 2, lambda _n, path=path, content=content: posts(office, office.clerk, path, content)
        )
        assert sorted(statuses) == [200, 409]
        assert case.happened().count("request_accepted") == 1
        office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
        assert case.state == "awaiting_statement"


def test_two_clerks_who_claim_at_once_get_one_task_between_them(either_office: Office) -> None:
    office = either_office
    task = office.files().task("formality_check", office.clerk)
    office.second_clerk.headers()
    people = [office.clerk, office.second_clerk]
    assert sorted(at_once(office.app, 2, lambda n: posts(office, people[n], f"/tasks/{task}/claim", {}))) == [200, 409]


def test_numbers_given_out_at_once_have_no_gap_and_no_double(either_office: Office) -> None:
    office = either_office
    answers = office.request()
    content = {"process": "mediation", "answers": answers}

    def files(n: int) -> int:
        wrong = {"process": "mediation", "answers": {**answers, "right_number": "1"}}
        return posts(office, office.requester, "/cases", wrong if n % 4 == 3 else content, key=f"request {n}")

    office.requester.headers()
    statuses = at_once(office.app, 8, files)
    assert sorted(statuses) == [201] * 6 + [422] * 2
    db.session.rollback()
    numbers = sorted(int(n.partition("〕")[2].removesuffix("号")) for n in db.session.scalars(select(CaseRow.number)))
    assert numbers == list(range(1, 7))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the step after the formality check break, until it is called."""

    def breaks(*_args: Any) -> Any:
        raise RuntimeError("the disk is on fire")

    whole = acting.STEPS["formality_check"]
    monkeypatch.setitem(acting.STEPS, "formality_check", breaks)
    return lambda: monkeypatch.setitem(acting.STEPS, "formality_check", whole)


def rows(table: type) -> int:
    """Return how many rows a table has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_step_that_breaks_changes_nothing_and_an_administrators_retry_finishes_it(
    either_office: Office, broken: Callable[[], None]
) -> None:
    office = either_office
    case = office.files()
    before = (rows(Event), rows(Submission), rows(Task))
    problem = office.clerk.answers(case, "formality_check", expects=500, **ACCEPT)
    assert (rows(Event), rows(Submission), rows(Task)) == before
    incident = db.session.scalars(select(Incident)).one()
    assert (incident.reference, incident.case_id, incident.what) == (problem["reference"], case.id, "complete")
    with pytest.raises(attempts.Failed):
        attempts.retry(db.session(), incident.id, by=admin(office))
    broken()
    attempts.retry(db.session(), incident.id, by=admin(office))
    assert case.state == "serving"
    assert (incident.tries, incident.settled_how) == (2, "retried")


def admin(office: Office) -> Any:
    """Return the administrator's row."""
    return db.session.get_one(User, office.admin.id)


def test_a_gateway_that_reads_an_empty_field_leaves_the_case_as_it_was(
    either_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = either_office
    case = office.served()
    monkeypatch.setitem(acting.STEPS, "statement", lambda *_: {"consenting": None})
    answers = {"stance": "consents", "opinion": "", "e_service": False}
    office.respondent.answers(case, "statement", expects=500, **answers)
    monkeypatch.undo()
    assert (case.state, case.open_keys()) == ("awaiting_statement", {"statement"})
    office.respondent.answers(case, "statement", **answers)
    assert case.state == "docketing"


def test_every_history_is_whole_after_all_that(either_office: Office) -> None:
    office = either_office
    office.performing()
    assert [audit.verify(db.session(), case) for case in db.session.scalars(select(CaseRow))] == [None]
