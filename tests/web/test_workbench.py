"""The list of tasks as each person likes to see it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.models import Membership, OrgUnit, Substitute, Task, User
from app.queries.views import views_of
from tests.flows.office import PASSWORD, Office, Person, build
from tests.web.browser import Browser

USUAL = ["任务", "当事人", "收到", "到期"]


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return an office in whose queue one task waits."""
    made = build(app, session)
    made.files()
    return made


def browser_of(office: Office, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def headings(browser: Browser, address: str = "/workbench?queue=group") -> list[str]:
    """Return what stands above the columns, without those of the boxes and the buttons."""
    return re.findall(r'<th scope="col">([^<]+)</th>', browser.gets(address).text)


def test_who_has_chosen_nothing_sees_the_usual_columns(office: Office) -> None:
    assert headings(browser_of(office, office.clerk)) == USUAL


def test_the_columns_somebody_chose_are_theirs_on_every_machine_until_they_take_the_usual_ones(office: Office) -> None:
    browser = browser_of(office, office.clerk)
    chosen = {"queue": "group", "sort": "case", "column": ["holder", "state", "queue"]}
    assert browser.posts("/workbench/columns", chosen).location == "/workbench?queue=group&sort=case"
    assert headings(browser_of(office, office.clerk)) == ["任务", "案件状态", "队列", "承办人"]
    assert headings(browser_of(office, office.second_clerk)) == USUAL
    page = browser.gets("/workbench?queue=group").text
    assert '<td data-label="案件状态">形式审查中</td>' in page
    assert "佛山市市场监督管理局" in page
    browser.posts("/workbench/columns", {"queue": "group", "action": "usual", "column": ["holder"]})
    assert headings(browser) == USUAL


def test_nothing_but_the_task_can_be_chosen_too(office: Office) -> None:
    browser = browser_of(office, office.clerk)
    browser.posts("/workbench/columns", {"queue": "group"})
    assert headings(browser) == ["任务"]


def test_a_column_that_does_not_exist_is_refused_and_nothing_changes(office: Office) -> None:
    browser = browser_of(office, office.clerk)
    browser.posts("/workbench/columns", {"column": ["due", "password_hash"]}, expects=422)
    assert browser.gets("/workbench?columns=password_hash", expects=422)
    assert headings(browser) == USUAL


def test_a_view_carries_its_columns_where_that_is_asked(office: Office, session: Session) -> None:
    browser = browser_of(office, office.clerk)
    browser.posts("/workbench/columns", {"column": ["holder", "due"]})
    saved = browser.posts("/workbench/views", {"queue": "group", "name": "谁在办", "with_columns": "y"})
    assert saved.location == "/workbench?queue=group&columns=holder,due"
    browser.posts("/workbench/views", {"queue": "group", "name": "条件", "sort": "case"})
    browser.posts("/workbench/columns", {"action": "usual"})
    addresses = {v.name: v.address for v in views_of(session, session.get_one(User, office.clerk.id))}
    assert addresses == {
        "谁在办": {"queue": "group", "columns": "holder,due"},
        "条件": {"queue": "group", "sort": "case"},
    }
    assert headings(browser, saved.location) == ["任务", "承办人", "到期"]
    assert 'aria-current="page"><span>谁在办' in browser.gets(saved.location).text
    assert headings(browser) == USUAL


def test_who_holds_a_task_in_the_office_is_not_shown_to_a_party(office: Office) -> None:
    browser = browser_of(office, office.requester)
    assert 'value="holder"' not in browser.gets("/workbench?queue=following").text
    browser.posts("/workbench/columns", {"column": ["holder", "due"]})
    page = browser.gets("/workbench?queue=following&columns=holder,process").text
    assert "承办人" not in page


def test_handing_over_asks_for_a_colleague_a_reason_and_a_tick_before_anything_is_done(office: Office) -> None:
    browser = browser_of(office, office.clerk)
    asked = {"queue": "group", "sort": "case", "action": "assign", "reason": "均衡"}
    page = browser.posts("/workbench/bulk", asked, expects=422).text
    assert "请先勾选要一并办理的任务" in page
    assert "请选择接手的同事" in page
    assert "请写明移交的理由" not in page
    assert 'name="reason" maxlength="500" value="均衡"' in page
    assert '<option value="case" selected>' in page


def test_a_saved_view_tells_how_many_tasks_it_finds_now(office: Office) -> None:
    browser = browser_of(office, office.clerk)
    browser.posts("/workbench/views", {"queue": "group", "name": "全部"})
    browser.posts("/workbench/views", {"queue": "group", "name": "裁决", "process": "adjudication"})
    page = browser.gets("/workbench").text
    assert '<span>全部</span> <span class="num">1</span>' in page
    assert '<span>裁决</span> <span class="num">0</span>' in page


def test_a_deputy_sees_for_whom_a_task_is_done(office: Office, session: Session) -> None:
    absent, deputy = (session.get_one(User, p.id) for p in (office.clerk, office.second_clerk))
    today = clock.today()
    session.add(Substitute(user=absent, deputy=deputy, first=today, last=today, created_at=clock.now()))
    task = session.scalars(select(Task).where(Task.key == "formality_check")).one()
    task.assignee_id = absent.id
    session.commit()
    assert "代 陈慧敏" in browser_of(office, office.second_clerk).gets("/workbench").text
    assert "代 陈慧敏 办理" in browser_of(office, office.second_clerk).gets(f"/tasks/{task.id}").text
    assert "代 陈慧敏" not in browser_of(office, office.clerk).gets(f"/tasks/{task.id}").text


def test_nobody_is_offered_to_urge_themselves(office: Office, session: Session) -> None:
    task = session.scalars(select(Task).where(Task.key == "formality_check")).one()
    director = session.get_one(User, office.director.id)
    assert policy.may(director, "task.urge", task)
    task.assignee_id = director.id
    assert not policy.may(director, "task.urge", task)


def test_on_a_phone_the_queues_are_folded_away_above_the_first_task(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    told = browser.gets("/workbench").text
    fold = told.index("<summary>任务队列：待我办理</summary></details>")
    assert fold < told.index('<nav class="queues"') < told.index('id="list-title"')


def queues_of(browser: Browser) -> list[str]:
    """Return the names of the queues in the sidebar."""
    links = re.findall(r'<a class="queue-link[^>]*href="[^"]*role=[^>]*>(.*?)</a>', browser.gets("/workbench").text)
    return [" ".join(re.sub(r"<[^>]+>", " ", link).split()) for link in links]


def test_a_queue_is_called_by_its_role_alone_where_one_belongs_to_one_unit(office: Office, session: Session) -> None:
    browser = browser_of(office, office.clerk)
    assert queues_of(browser) == ["受理人员 1"]
    other = OrgUnit(
        code="second", name="佛山市知识产权保护中心", name_en="Centre", kind="protection_centre", active=True
    )
    session.add(Membership(user_id=office.clerk.id, role="intake_clerk", unit=other))
    session.commit()
    assert sorted(queues_of(browser)) == ["佛山市市场监督管理局 · 受理人员 1", "佛山市知识产权保护中心 · 受理人员 0"]
