from __future__ import annotations

import pytest
from sqlalchemy import event, func, select

from app import audit
from app.domain.errors import RuleBroken
from app.jobs import deadlines, run_due
from app.jobs.kinds import KINDS
from app.models import Case, Event, Incident, MessageOutbox, User, db
from app.services import attempts, lapses
from app.services.acting import LAPSES
from tests.conftest import Today
from tests.flows.office import Office
from tests.jobs.conftest import work


def lapsed(case_id: int) -> int:
    db.session.rollback()
    found = select(Event.data).where(Event.case_id == case_id, Event.kind == "deadline_lapsed")
    return [data["rule"] for data in db.session.scalars(found)].count("mediation.statement")


def test_a_respondent_who_is_silent_loses_their_turn_once(either_office: Office, today: Today) -> None:
    case = either_office.served()
    today.moves(days=16)
    work(either_office)
    work(either_office)
    assert lapsed(case.id) == 1
    assert "statement" not in case.open_keys()


def test_everybody_is_reminded_once(office: Office, today: Today) -> None:
    office.served()
    for _ in range(14):
        today.moves(days=1)
        work(office)
    reminded = select(func.count()).where(
        MessageOutbox.kind == "deadline_warning",
        MessageOutbox.channel == "in_app",
        MessageOutbox.user_id == office.respondent.id,
    )
    assert db.session.scalar(reminded) == 1


def test_what_is_overdue_comes_before_the_director(office: Office, today: Today) -> None:
    office.files()
    today.moves(days=40)
    work(office)
    told = select(MessageOutbox.user_id).where(MessageOutbox.kind == "deadline_overdue").distinct()
    assert office.director.id in set(db.session.scalars(told))


def breaks(*_given: object) -> None:
    raise ZeroDivisionError("a step that does not work")


def test_a_lapse_that_breaks_is_one_incident_and_holds_up_no_other(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = office.served(), office.served()
    today.moves(days=16)
    real = LAPSES["mediation.statement"]
    monkeypatch.setitem(LAPSES, "mediation.statement", lambda a, d: breaks() if a.case.id == broken.id else real(a, d))
    for _ in range(3):
        work(office)
    [incident] = db.session.scalars(select(Incident).where(Incident.what == "lapse"))
    assert incident.case_id == broken.id
    assert (lapsed(broken.id), lapsed(other.id)) == (0, 1)


def test_an_administrators_retry_finishes_a_broken_lapse(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.served()
    today.moves(days=16)
    with monkeypatch.context() as patch:
        patch.setitem(LAPSES, "mediation.statement", breaks)
        work(office)
    [incident] = db.session.scalars(select(Incident).where(Incident.what == "lapse"))
    attempts.retry(db.session(), incident.id, by=db.session.get_one(User, office.admin.id))
    assert lapsed(case.id) == 1


def test_a_rule_that_refuses_a_lapse_is_shown_to_the_administrator(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.served()
    today.moves(days=16)

    def refuse(*_given: object) -> None:
        raise RuleBroken("案件不在这一阶段")

    monkeypatch.setitem(LAPSES, "mediation.statement", refuse)
    for _ in range(2):
        work(office)
    [incident] = db.session.scalars(select(Incident).where(Incident.what == "lapse"))
    assert "案件不在这一阶段" in incident.error
    assert lapsed(case.id) == 0


def test_a_period_that_is_gone_is_nothing_to_do(office: Office) -> None:
    assert deadlines.do(db.session(), 999) is False


def test_a_period_in_a_case_in_which_somebody_acts_waits_for_the_next_time(either_office: Office, today: Today) -> None:
    case = either_office.served()
    today.moves(days=16)
    [deadline_id] = deadlines.due(db.session(), 100)[:1]
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as somebody:
            somebody.execute(select(Case.id).where(Case.id == case.id).with_for_update())
            assert deadlines.do(db.session(), deadline_id) is False
    assert deadlines.do(db.session(), deadline_id) is True


def test_an_idle_pass_looks_and_writes_nothing(office: Office) -> None:
    office.served()
    work(office)
    statements: list[str] = []
    listen = lambda _c, _cursor, statement, *_rest: statements.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    run_due(db.session(), office.app.config["PEIYOU"])
    event.remove(db.engine, "before_cursor_execute", listen)
    asked = [s for s in statements if not s.startswith("BEGIN")]
    assert len(asked) == len(KINDS) + 1  # one for each kind, one for the night's
    assert all(s.lstrip().startswith("SELECT") for s in asked)


def test_ten_thousand_idle_periods_are_one_walk_along_an_index(office: Office) -> None:
    office.served()
    plan = db.session.connection().exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT id FROM deadline WHERE wake_at <= '2026' ORDER BY wake_at LIMIT 50"
    )
    assert "USING COVERING INDEX ix_deadline_wake" in str(plan.fetchall())


def test_the_history_stays_whole_whatever_the_clock_does(office: Office, today: Today) -> None:
    office.served()
    today.moves(days=400)
    work(office)
    assert lapses.due_now(db.session()) == []
    assert all(audit.verify(db.session(), case) is None for case in db.session.scalars(select(Case)))
