"""What an administrator does about people and units."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotAllowed
from app.domain.roles import Role
from app.models import AccessLog, Case, CaseStaff, OrgUnit, ProcessVersion, Substitute, Task, User
from app.services import people as services
from tests.factories import people
from tests.web.browser import Browser


@pytest.fixture
def unit(session: Session) -> OrgUnit:
    return people.unit(session)


@pytest.fixture
def admin(session: Session, unit: OrgUnit) -> User:
    return people.person(session, Role.ADMIN, unit=unit, name="系统管理员")


@pytest.fixture
def clerk(session: Session, unit: OrgUnit) -> User:
    return people.person(session, Role.INTAKE_CLERK, unit=unit, username="chenhuimin")


@pytest.fixture
def browser(app: Flask, admin: User) -> Browser:
    one = Browser(app)
    one.logs_in(admin)
    return one


def secret_in(page: str) -> str:
    found = re.search(r'<code id="one-time-password">([^<]+)</code>', page)
    assert found
    return found[1]


# -- people ------------------------------------------------------------------------------------------------------------


def test_a_new_person_gets_a_password_once_and_must_choose_their_own(app: Flask, browser: Browser) -> None:
    browser.gets("/people/new")
    page = browser.posts("/people/new", {"username": "Liang.gq", "name": "梁国强"}, expects=200)
    secret = secret_in(page.text)
    one = Browser(app)
    one.logs_in("liang.gq", secret)
    assert one.gets("/profile", expects=303).location == "/profile/password"


def test_a_user_name_is_given_once(browser: Browser, clerk: User) -> None:
    page = browser.posts("/people/new", {"username": clerk.username, "name": "梁国强"}, expects=422)
    assert 'id="username-error"' in page.text


def test_people_are_found_by_name_role_unit_and_state(browser: Browser, session: Session, clerk: User) -> None:
    other = people.person(session, Role.MEDIATOR, unit=people.unit(session, "南海区局"), name="何伟杰")
    closed = people.person(session, name="已离职")
    closed.active = False

    def found(query: str) -> set[str]:
        page = browser.gets(f"/people?{query}").text
        return {u.name for u in (clerk, other, closed) if f'/people/{u.id}"' in page}

    assert found("") == {clerk.name, other.name}
    assert found("q=伟杰") == {other.name}
    assert found("q=CHENHUI") == {clerk.name}
    assert found("q=%25") == set()
    assert found("role=mediator") == {other.name}
    assert found(f"unit={clerk.memberships[0].unit_id}") == {clerk.name}
    assert found("closed=1") == {closed.name}
    assert found("role=x&unit=x&after=x") == {clerk.name, other.name}


def test_a_long_list_is_read_page_by_page_without_a_gap(browser: Browser, session: Session, admin: User) -> None:
    for n in range(64):
        people.person(session, name=f"第{n}人")
    seen: list[str] = []
    path: str | None = "/people"
    while path:
        page = browser.gets(path).text
        assert "共 65 人" in page
        seen += re.findall(r'href="/people/(\d+)"', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 65


def test_what_the_office_says_of_a_person_is_changed(browser: Browser, session: Session, clerk: User) -> None:
    page = browser.gets(f"/people/{clerk.id}").text
    assert "138****8000" in page and "13800138000" not in page
    data = {"name": "陈慧", "email": "", "employer": "某事务所", "specialities": ["design"], "capacity": "5"}
    browser.posts(f"/people/{clerk.id}", data)
    session.refresh(clerk)
    assert (clerk.name, clerk.employer, clerk.specialities, clerk.capacity) == ("陈慧", "某事务所", ["design"], 5)
    assert 'id="capacity-error"' in browser.posts(f"/people/{clerk.id}", {**data, "capacity": "-1"}, expects=422).text


def test_somebody_who_is_not_there_is_not_found(browser: Browser) -> None:
    browser.gets("/people/999", expects=404)
    browser.posts("/people/999/deactivate", expects=404)
    browser.gets("/people/units/999", expects=404)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_an_administrator_sees_or_does_any_of_it(
    app: Flask, session: Session, clerk: User, role: Role
) -> None:
    outside = role in (Role.APPLICANT, Role.RESPONDENT)
    place = {"organization": people.organization(session)} if outside else {"unit": clerk.memberships[0].unit}
    other = people.person(session, role, **place)  # type: ignore[arg-type]
    browser = Browser(app)
    browser.logs_in(other)
    for path in ("/people", "/people/new", f"/people/{clerk.id}", "/people/units", "/people/units/new"):
        browser.gets(path, expects=403)
    for act in ("deactivate", "reactivate", "password", "unlock", "roles", "roles/1/take"):
        browser.posts(f"/people/{clerk.id}/{act}", expects=403)
    with pytest.raises(NotAllowed):
        services.reset_password(session, clerk, by=other)


# -- roles -------------------------------------------------------------------------------------------------------------


def test_a_role_is_given_and_taken_and_both_are_written_down(
    browser: Browser, session: Session, clerk: User, unit: OrgUnit
) -> None:
    browser.posts(f"/people/{clerk.id}/roles", {"role": "mediator", "unit": str(unit.id)})
    session.expire_all()
    assert clerk.roles == {Role.INTAKE_CLERK, Role.MEDIATOR}
    membership = next(m for m in clerk.memberships if m.role == Role.MEDIATOR)
    browser.posts(f"/people/{clerk.id}/roles/{membership.id}/take")
    session.expire_all()
    assert clerk.roles == {Role.INTAKE_CLERK}
    lines = session.scalars(select(AccessLog).where(AccessLog.kind.in_(("role_given", "role_taken")))).all()
    assert [(x.kind, x.detail["role"], x.detail["of"]) for x in lines] == [
        ("role_given", "mediator", clerk.id),
        ("role_taken", "mediator", clerk.id),
    ]


def test_the_same_role_in_the_same_unit_is_not_given_twice(browser: Browser, clerk: User, unit: OrgUnit) -> None:
    page = browser.posts(f"/people/{clerk.id}/roles", {"role": "intake_clerk", "unit": str(unit.id)}, expects=422)
    assert "已经担任" in page.text


def test_an_administrator_gives_themself_no_part_in_cases(browser: Browser, admin: User, unit: OrgUnit) -> None:
    page = browser.posts(f"/people/{admin.id}/roles", {"role": "director", "unit": str(unit.id)}, expects=422)
    assert "不能给自己授予业务角色" in page.text


def test_nobody_administers_and_works_on_cases(browser: Browser, clerk: User, unit: OrgUnit) -> None:
    page = browser.posts(f"/people/{clerk.id}/roles", {"role": "admin", "unit": str(unit.id)}, expects=422)
    assert "不能同时担任业务角色" in page.text


def test_who_acts_for_a_party_becomes_no_official(browser: Browser, session: Session, unit: OrgUnit) -> None:
    outside = people.person(session, organization=people.organization(session))
    page = browser.posts(f"/people/{outside.id}/roles", {"role": "mediator", "unit": str(unit.id)}, expects=422)
    assert "不能担任工作人员" in page.text


def test_the_last_administrator_stays(browser: Browser, session: Session, admin: User, unit: OrgUnit) -> None:
    browser.posts(f"/people/{admin.id}/deactivate")
    browser.posts(f"/people/{admin.id}/roles/{admin.memberships[0].id}/take")
    session.expire_all()
    assert admin.active and admin.has_role(Role.ADMIN)
    assert "最后一位系统管理员" in browser.gets(f"/people/{admin.id}").text
    second = people.person(session, Role.ADMIN, unit=unit)
    browser.posts(f"/people/{admin.id}/deactivate")
    session.expire_all()
    assert not admin.active and second.active


# -- accounts ----------------------------------------------------------------------------------------------------------


def test_a_closed_account_says_first_what_will_happen_and_gives_its_tasks_back(
    app: Flask, browser: Browser, session: Session, clerk: User, unit: OrgUnit
) -> None:
    clerk_task, mediation = held_by(session, clerk, unit)
    deputy = people.person(session, Role.INTAKE_CLERK, unit=unit)
    today = clock.today()
    standing = Substitute(user=clerk, deputy=deputy, first=today, last=today, created_at=clock.now())
    session.add(standing)
    theirs = Browser(app)
    theirs.logs_in(clerk)
    page = browser.gets(f"/people/{clerk.id}").text
    assert "1 件已领取的任务将放回队列" in page and "1 件正在调解的案件不会自动转出" in page
    browser.posts(f"/people/{clerk.id}/deactivate")
    session.expire_all()
    assert (clerk_task.assignee_id, mediation.assignee_id) == (None, clerk.id)
    assert clerk_task.version == 2
    assert standing.ended_at is not None
    assert not theirs.is_signed_in()
    theirs.logs_in(clerk, expects=422)
    browser.posts(f"/people/{clerk.id}/reactivate")
    theirs.logs_in(clerk)


def test_a_role_that_is_taken_gives_back_the_tasks_held_in_it(
    browser: Browser, session: Session, clerk: User, unit: OrgUnit
) -> None:
    clerk_task, _ = held_by(session, clerk, unit)
    browser.posts(f"/people/{clerk.id}/roles/{clerk.memberships[0].id}/take")
    session.expire_all()
    assert clerk_task.assignee_id is None


def test_a_reset_password_ends_sessions_and_lifts_the_lock(
    app: Flask, browser: Browser, session: Session, clerk: User
) -> None:
    theirs = Browser(app)
    theirs.logs_in(clerk)
    elsewhere = Browser(app)
    for n in range(5):
        elsewhere.logs_in(clerk, "wrong", expects=429 if n == 4 else 422)
    secret = secret_in(browser.posts(f"/people/{clerk.id}/password", expects=200).text)
    assert not theirs.is_signed_in()
    theirs.logs_in(clerk, secret)


def test_a_lock_is_lifted_by_hand(app: Flask, browser: Browser, clerk: User) -> None:
    theirs = Browser(app)
    for n in range(5):
        theirs.logs_in(clerk, "wrong", expects=429 if n == 4 else 422)
    theirs.logs_in(clerk, expects=429)
    browser.posts(f"/people/{clerk.id}/unlock")
    theirs.logs_in(clerk)


def held_by(session: Session, user: User, unit: OrgUnit) -> tuple[Task, Task]:
    """Return a task that ``user`` took as a clerk, and one of a case that they mediate."""
    case = Case(
        number="佛知快调〔2026〕1号",
        receipt_number="1",
        kind="mediation",
        state="mediating",
        title="纠纷",
        unit_id=unit.id,
        received_on=clock.today(),
        opened_at=clock.now(),
        first_filed_on=clock.today(),
        regime="order81",
        process_digest=session.scalars(select(ProcessVersion.digest).limit(1)).one(),
        position="{}",
    )
    session.add_all([case, CaseStaff(case=case, user=user, role=Role.MEDIATOR, since=clock.now())])
    session.flush()  # tasks name their case by its number
    tasks = [
        Task(
            case_id=case.id,
            engine_id=f"e{n}",
            key="x",
            form="x",
            title="核对",
            title_en="Check",
            process="mediation",
            case_number=case.number,
            case_title=case.title,
            role=role,
            unit_id=unit.id,
            assignee_id=user.id,
            opened_at=clock.now(),
        )
        for n, role in enumerate((Role.INTAKE_CLERK, Role.MEDIATOR))
    ]
    session.add_all(tasks)
    session.flush()  # tests look at them again
    return tasks[0], tasks[1]


# -- units -------------------------------------------------------------------------------------------------------------

UNIT = {"name": "南海区局", "name_en": "Nanhai Bureau", "code": "nanhai", "kind": "district_bureau", "region": "440605"}


def test_a_unit_is_added_under_another_and_changed(browser: Browser, session: Session, unit: OrgUnit) -> None:
    browser.gets("/people/units/new")
    browser.posts("/people/units/new", {**UNIT, "parent": str(unit.id), "active": "y"})
    row = session.scalars(select(OrgUnit).where(OrgUnit.code == "nanhai")).one()
    assert (row.parent_id, row.active) == (unit.id, True)
    assert 'value="南海区局"' in browser.gets(f"/people/units/{row.id}").text
    browser.posts(f"/people/units/{row.id}", UNIT)
    session.refresh(row)
    assert (row.parent_id, row.active) == (None, False)
    assert "已停用" in browser.gets("/people/units").text


def test_two_units_do_not_share_a_code(browser: Browser, unit: OrgUnit) -> None:
    page = browser.posts("/people/units/new", {**UNIT, "code": unit.code, "active": "y"}, expects=422)
    assert 'id="code-error"' in page.text


def test_no_unit_stands_above_itself(browser: Browser, session: Session, unit: OrgUnit) -> None:
    below = people.unit(session, "下级")
    below.parent_id = unit.id
    page = browser.posts(f"/people/units/{unit.id}", {**UNIT, "parent": str(below.id), "active": "y"}, expects=422)
    assert 'id="parent-error"' in page.text
