from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app import clock, notifications
from app.models import Agent, Case, Deadline, Document, Membership, MessageOutbox, Party, Substitute, Task, User
from tests.flows import office as people
from tests.flows.office import Office


def told(session: Session, kind: str, channel: str = "in_app") -> list[str]:
    """Return to whom message ``kind`` was written, by user name."""
    session.flush()
    rows = select(User.username).join(MessageOutbox, MessageOutbox.user_id == User.id)
    return sorted(session.scalars(rows.where(MessageOutbox.kind == kind, MessageOutbox.channel == channel)))


def forget(session: Session) -> None:
    """Begin with an empty outbox."""
    session.query(MessageOutbox).delete()
    session.commit()


def counted(session: Session, act: Callable[[], None]) -> int:
    """Return how many statements ``act`` and the flush after it take."""
    statements: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    act()
    session.flush()
    event.remove(engine, "before_cursor_execute", listen)
    return len([s for s in statements if not s.startswith("BEGIN")])


def row(session: Session, case: people.Case) -> Case:
    session.rollback()
    return session.get_one(Case, case.id)


def task(session: Session, case: people.Case) -> Task:
    session.rollback()
    return session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open")).one()


def colleague(session: Session, office: Office, n: int, **changes: object) -> User:
    values = {"username": f"colleague{n}", "email": f"c{n}@example.cn", **changes}
    user = User(name=f"同事{n}", password_hash="", password_changed_at=clock.now(), created_at=clock.now(), **values)
    user.memberships.append(Membership(role="applicant", organization=office.responding))
    session.add(user)
    session.commit()
    return user


def test_a_queue_is_not_written_to(office: Office, session: Session) -> None:
    office.files()
    assert told(session, "task_opened") == []


def test_everybody_of_the_organisation_and_its_agent_hears_of_a_partys_task_once(
    office: Office, session: Session
) -> None:
    colleague(session, office, 1)
    case = office.served()
    assert told(session, "task_opened") == ["colleague1", "respondent"]
    forget(session)
    opened = task(session, case)
    session.add(Agent(party_id=opened.party_id, user_id=office.stranger.id, name="律师", since=clock.now()))
    session.add(Agent(party_id=opened.party_id, user_id=office.respondent.id, name="本人", since=clock.now()))
    session.add(
        Agent(party_id=opened.party_id, user_id=office.clerk.id, name="前任", since=clock.now(), until=clock.now())
    )
    notifications.tasks_opened(session, opened.case, [opened])
    assert told(session, "task_opened") == ["colleague1", "respondent", "stranger"]


def test_a_person_is_written_to_over_the_channels_they_chose(office: Office, session: Session) -> None:
    both = colleague(session, office, 1, channels=["email", "sms"], phone="13800138000")
    colleague(session, office, 2, channels=["in_app"])
    colleague(session, office, 3, channels=["email", "sms"], email="")
    colleague(session, office, 4, active=False)
    office.served()
    assert told(session, "task_opened") == ["colleague1", "colleague2", "colleague3", "respondent"]
    assert told(session, "task_opened", "email") == ["colleague1", "respondent"]
    assert told(session, "task_opened", "sms") == [both.username]


def test_the_message_about_a_task_leads_to_it(office: Office, session: Session) -> None:
    case = office.served()
    opened = task(session, case)
    [link] = session.scalars(
        select(MessageOutbox.link).where(MessageOutbox.kind == "task_opened", MessageOutbox.channel == "in_app")
    )
    assert link == f"/tasks/{opened.id}"


def test_one_select_and_one_insert_whatever_the_number_of_people(office: Office, session: Session) -> None:
    for n in range(1, 30):
        colleague(session, office, n)
    opened = task(session, office.served())
    case = opened.case
    assert counted(session, lambda: notifications.tasks_opened(session, case, [opened])) == 2
    parties = list(session.scalars(select(Party).where(Party.case_id == case.id)))
    paper = session.scalars(select(Document).where(Document.case_id == case.id)).first()
    assert paper is not None
    assert len(parties) == 2
    assert counted(session, lambda: notifications.document_issued(session, paper, parties)) == 2


def test_an_act_without_anybody_to_tell_costs_no_statement(office: Office, session: Session) -> None:
    opened = task(session, office.files())
    case = opened.case
    session.commit()
    session.refresh(opened)
    session.refresh(case)
    assert counted(session, lambda: notifications.tasks_opened(session, case, [opened])) == 0


def test_urging_a_task_that_nobody_holds_reaches_everybody_it_is_offered_to(office: Office, session: Session) -> None:
    opened = task(session, office.files())
    director = session.get_one(User, office.director.id)
    notifications.urged(session, opened, by=director, text="请尽快")
    assert told(session, "urged") == sorted([office.clerk.username, office.second_clerk.username])
    forget(session)
    opened.assignee_id = office.clerk.id
    notifications.urged(session, opened, by=director, text="请尽快")
    assert told(session, "urged") == [office.clerk.username]


def test_a_task_that_is_handed_over_is_announced_to_the_new_holder(office: Office, session: Session) -> None:
    opened = task(session, office.files())
    to, by = session.get_one(User, office.second_clerk.id), session.get_one(User, office.clerk.id)
    notifications.task_handed_over(session, opened, to, by=by, reason="休假")
    assert told(session, "task_handed_over") == [to.username]


def test_who_has_to_answer_is_warned_and_nobody_else(office: Office, session: Session) -> None:
    case = office.served()
    deadline = session.scalars(
        select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == "mediation.statement")
    ).one()
    notifications.deadline_warning(session, deadline, "提交意见陈述书")
    assert told(session, "deadline_warning") == ["respondent"]


def test_a_period_of_a_party_warns_that_party_and_nobody_else(office: Office, session: Session) -> None:
    case = office.docketed()
    case.has_made("mediator_notice")
    forget(session)
    rows = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == "recusal.request")
    for deadline in session.scalars(rows).all():
        notifications.deadline_warning(session, deadline, "申请回避")
    assert told(session, "deadline_warning") == ["requester", "respondent"]


def test_an_unclaimed_task_warns_its_whole_queue_and_overdue_reaches_the_directors(
    office: Office, session: Session
) -> None:
    case = office.accepted()
    deadline = session.scalars(
        select(Deadline).where(Deadline.case_id == case.id, Deadline.task_key == "serve_request")
    ).one()
    notifications.deadline_warning(session, deadline, "送达")
    notifications.deadline_overdue(session, deadline, "送达")
    assert told(session, "deadline_warning") == sorted([office.clerk.username, office.second_clerk.username])
    assert told(session, "deadline_overdue") == [office.director.username]


def test_both_mediators_and_the_parties_hear_of_a_change(office: Office, session: Session) -> None:
    case = row(session, office.docketed())
    forget(session)
    old, new = session.get_one(User, office.mediator.id), session.get_one(User, office.second_mediator.id)
    notifications.mediator_changed(session, case, old, new)
    assert told(session, "mediator_appointed") == [new.username]
    assert told(session, "mediator_changed") == sorted([old.username, "requester", "respondent"])


def test_a_closed_case_is_told_to_its_parties_and_officials(office: Office, session: Session) -> None:
    case = office.docketed()
    office.requester.acts(case, "withdraw", reason="已另行协商")
    assert told(session, "case_closed") == sorted([office.mediator.username, "requester", "respondent"])
    closed = session.scalars(select(MessageOutbox).where(MessageOutbox.kind == "case_closed")).first()
    assert closed is not None
    assert "已撤回" in notifications.render(closed, "in_app", "zh_CN")


def test_a_moved_calendar_is_one_message_a_person(office: Office, session: Session) -> None:
    moved = [
        {"case": case.number, "rule": "mediation.statement", "was": "2026-03-17", "due": "2026-03-18"}
        for case in (office.served(), office.served())
    ]
    notifications.calendar_moved(session, moved)
    assert told(session, "calendar_moved") == ["requester", "respondent"]
    message = session.scalars(select(MessageOutbox).where(MessageOutbox.kind == "calendar_moved")).first()
    assert message is not None
    assert message.facts["count"] == 2
    assert message.link == "/"


def test_deputy_and_absent_colleague_hear_of_a_substitution(office: Office, session: Session) -> None:
    today = clock.today()
    row = Substitute(
        user_id=office.clerk.id,
        deputy_id=office.second_clerk.id,
        first=today,
        last=today + timedelta(days=3),
        created_at=clock.now(),
    )
    session.add(row)
    notifications.substitution_set(session, row)
    assert told(session, "substitution_set") == sorted([office.clerk.username, office.second_clerk.username])


def test_nobody_hears_of_a_case_that_does_not_exist_for_them_yet(office: Office, session: Session) -> None:
    case = office.files(co_requesters=[office.entry(office.elsewhere)])
    assert "stranger" not in told(session, "document_issued")
    refusal = {"check": "refuse", "points": [], "reasons": ["in_court"], "explanation": "已向人民法院起诉"}
    office.clerk.answers(case, "formality_check", **refusal)
    assert case.state == "refused"
    assert {"respondent", "stranger"}.isdisjoint(told(session, "case_closed"))
    assert "requester" in told(session, "case_closed")


def test_a_requester_who_has_withdrawn_is_called_to_no_session(office: Office, session: Session) -> None:
    case = office.docketed(co_requesters=[office.entry(office.elsewhere)])
    office.stranger.acts(case, "withdraw", reason="退出")
    office.schedules(case)
    office.holds(case, "cancelled")
    assert told(session, "session_scheduled") == ["mediator", "requester", "respondent"]
    assert "stranger" not in told(session, "session_cancelled")
