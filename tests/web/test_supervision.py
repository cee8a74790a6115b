"""The supervisor's room: open periods and who keeps them waiting, and the urge."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.roles import Role
from app.models import Case, Deadline, DeclaredRelation, Event, Membership, MessageOutbox, OrgUnit, Task, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Office, Person, build
from tests.web.browser import Browser


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return an office in which one case waits for its respondent."""
    app.config["SESSION_IDLE_MINUTES"] = 60 * 24 * 30
    made = build(app, session)
    made.served()
    return made


@pytest.fixture
def supervisor(office: Office) -> Browser:
    return browser_of(office, office.supervisor)


def browser_of(office: Office, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def lines(browser: Browser, address: str = "/supervision") -> list[str]:
    """Return the rows of the list as plain words."""
    page = browser.gets(address).text
    rows = re.findall(r'<tr id="deadline-\d+" data-row>(.*?)</tr>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def periods() -> dict[str, int]:
    """Return the open periods by rule."""
    db.session.rollback()
    return {d.rule: d.id for d in db.session.scalars(select(Deadline).where(Deadline.ended_at.is_(None)))}


def numbers(browser: Browser, address: str = "/supervision") -> str:
    found = re.search(r'<p class="quiet mb-0">(\d+ 件案件的 \d+ 个期限)', browser.gets(address).text)
    assert found
    return found[1]


# -- the list ----------------------------------------------------------------------------------------------------------


def test_a_period_says_whose_it_is_who_has_to_act_and_until_when(office: Office, supervisor: Browser) -> None:
    [line] = lines(supervisor)
    name = office.responding.name
    assert line.startswith(f"被请求人提交意见（{name}）") or name in line
    assert "提交意见陈述" in line
    assert "还有" in line


def test_the_offices_own_targets_stand_apart_and_each_sort_is_counted(office: Office, supervisor: Browser) -> None:
    page = supervisor.gets("/supervision").text
    assert numbers(supervisor) == "1 件案件的 1 个期限"
    assert numbers(supervisor, "/supervision?target=internal") == "1 件案件的 3 个期限"
    assert "快速调解终结" in " ".join(lines(supervisor, "/supervision?target=internal"))
    assert "快速调解终结" not in " ".join(lines(supervisor))
    counted = re.findall(r'class="queue-link[^>]*><span>([^<]+)</span> <span class="num">(\d+)</span>', page)
    assert counted[:5] == [("全部", "1"), ("已逾期", "0"), ("三日内到期", "0"), ("七日内到期", "0"), ("已暂停", "0")]
    assert counted[5] == ("全部", "3")


def test_a_target_of_the_whole_case_is_in_the_hands_of_whoever_is_to_act_now(
    office: Office, supervisor: Browser
) -> None:
    found = lines(supervisor, "/supervision?target=internal")
    assert all("提交意见陈述" in line and office.responding.name in line for line in found)


def test_the_list_is_narrowed_by_lamp_days_holder_unit_process_and_words(
    office: Office, supervisor: Browser, today: Today
) -> None:
    office.files()
    today.moves(days=13)
    assert len(lines(supervisor, "/supervision?lamp=red")) == 1
    assert len(lines(supervisor, "/supervision?lamp=red&target=internal")) == 2
    assert len(lines(supervisor, "/supervision?lamp=paused&target=internal")) == 2
    assert lines(supervisor, "/supervision?days=3") != []
    assert lines(supervisor, "/supervision?days=3&lamp=green") == []
    assert all(office.responding.name in line for line in lines(supervisor, "/supervision?holder=party"))
    assert all("无人认领" in line for line in lines(supervisor, "/supervision?holder=queue"))
    assert lines(supervisor, f"/supervision?holder={office.mediator.id}") == []
    assert lines(supervisor, f"/supervision?unit={office.unit.id}") == lines(supervisor)
    assert lines(supervisor, "/supervision?unit=999") == []
    assert lines(supervisor, "/supervision?process=adjudication") == []
    assert lines(supervisor, f"/supervision?text={office.responding.name}") != []
    assert len(lines(supervisor, "/supervision?text=提交意见陈述")) == 1
    assert "没有符合条件的期限" in supervisor.gets("/supervision?text=没有这个词").text


@pytest.mark.parametrize("wrong", ["lamp=blue", "target=x", "days=4", "sort=name", "unit=a", "holder=b", "cursor=x"])
def test_what_no_list_knows_is_refused(supervisor: Browser, wrong: str) -> None:
    supervisor.gets(f"/supervision?{wrong}", expects=422)


@pytest.mark.parametrize("sort", ["due", "start", "case"])
def test_every_page_goes_on_where_the_one_before_ended(office: Office, supervisor: Browser, sort: str) -> None:
    for _ in range(2):
        office.served()
    address = f"/supervision?target=internal&sort={sort}"
    whole, found, following = lines(supervisor, address), [], f"{address}&limit=4"
    assert len(whole) == 9
    while following:
        found += lines(supervisor, following)
        link = re.search(r'rel="next" href="([^"]+)"', supervisor.gets(following).text)
        following = f"{link[1].replace('&amp;', '&')}&limit=4" if link else ""
    assert found == whole


def test_a_provisional_day_says_so(office: Office, supervisor: Browser) -> None:
    assert "暂定" not in " ".join(lines(supervisor))
    db.session.scalars(select(Deadline).where(Deadline.rule == "mediation.statement")).one().provisional = True
    assert "暂定" in " ".join(lines(supervisor))


def test_an_empty_office_says_what_will_come(app: Flask, session: Session) -> None:
    office = build(app, session)
    page = browser_of(office, office.supervisor).gets("/supervision").text
    assert "没有在走的期限" in page


def test_a_director_sees_the_periods_of_their_own_unit_only(office: Office) -> None:
    director = browser_of(office, office.director)
    assert len(lines(director)) == 1
    elsewhere = OrgUnit(code="elsewhere", name="别处", name_en="Elsewhere", kind="district_bureau")
    db.session.add(elsewhere)
    db.session.flush()  # the role is held there by its id
    role = select(Membership).where(Membership.user_id == office.director.id, Membership.role == Role.DIRECTOR)
    db.session.scalars(role).one().unit_id = elsewhere.id
    assert lines(director) == []


# -- the urge ----------------------------------------------------------------------------------------------------------


def told(kind: str = "urged") -> set[int]:
    db.session.rollback()
    rows = select(MessageOutbox.user_id).where(MessageOutbox.kind == kind, MessageOutbox.channel == "in_app")
    return {user_id for user_id in db.session.scalars(rows) if user_id}


def urges(session: Session) -> list[dict[str, object]]:
    session.rollback()
    return list(session.scalars(select(Event.data).where(Event.kind == "urged").order_by(Event.id)))


def test_who_holds_the_task_is_told_and_the_case_keeps_who_urged_for_which_period(
    office: Office, supervisor: Browser, session: Session
) -> None:
    period = periods()["mediation.statement"]
    answer = supervisor.posts("/supervision/urge?lamp=green&text=中山", {"deadline": period, "text": "请尽快答复"})
    assert unquote(answer.location) == "/supervision?lamp=green&text=中山"
    assert told() == {office.respondent.id}
    assert urges(session) == [
        {
            "task": "提交意见陈述",
            "text": "请尽快答复",
            "rule": "mediation.statement",
            "party": office.responding.name,
        }
    ]
    case = session.scalars(select(Case)).one()
    story = re.sub(r"<[^>]+>", "", browser_of(office, office.clerk).gets(f"/cases/{case.id}").text)
    assert f"催办了“提交意见陈述（{office.responding.name}）”：请尽快答复" in story
    assert "今天已催办" in lines(supervisor)[0]


def test_nobody_is_urged_twice_on_a_day_and_the_page_says_so(
    office: Office, supervisor: Browser, session: Session, today: Today
) -> None:
    period = periods()["mediation.statement"]
    for _ in range(2):
        supervisor.posts("/supervision/urge", {"deadline": period, "text": "请尽快答复"})
    assert "今天已经催办过，每天最多催办一次" in supervisor.gets("/supervision").text
    assert len(urges(session)) == 1
    today.moves(days=1)
    supervisor.posts("/supervision/urge", {"deadline": period, "text": "请尽快答复"})
    assert len(urges(session)) == 2


def test_each_of_the_chosen_periods_has_a_result_of_its_own(
    office: Office, supervisor: Browser, session: Session
) -> None:
    open_now = periods()
    session.get_one(Deadline, open_now["fast.finish"]).state = "running"
    chosen = [open_now["mediation.statement"], open_now["fast.finish"], 99999]
    page = supervisor.posts("/supervision/urge", {"deadline": chosen, "text": "请尽快"}, expects=200).text
    assert "共 3 个期限，催办 1 个，未催办 2 个。" in page
    assert "今天已经催办过，每天最多催办一次" in page  # both periods wait for one and the same task
    assert "已不在您督办的期限中" in page
    assert len(urges(session)) == 1


def test_nothing_is_done_without_a_tick_or_without_words(supervisor: Browser, session: Session) -> None:
    page = supervisor.posts("/supervision/urge", {"text": " "}, expects=422).text
    assert "请先勾选要催办的期限" in page
    assert "请写明催办的内容" in page
    page = supervisor.posts("/supervision/urge", {"deadline": periods()["fast.finish"], "text": ""}, expects=422).text
    assert "请先勾选" not in page
    assert urges(session) == []


def test_a_period_that_is_over_suspended_or_waits_for_nobody_is_not_urged(
    supervisor: Browser, session: Session
) -> None:
    period = session.get_one(Deadline, periods()["mediation.statement"])
    for change, words in (
        ({"state": "paused", "wake_at": None}, "期限已经中止"),
        ({"state": "running", "task_key": "no_such_step"}, "目前没有等待办理的任务"),
    ):
        for name, value in change.items():
            setattr(period, name, value)
        supervisor.posts("/supervision/urge", {"deadline": period.id, "text": "请尽快"})
        assert words in supervisor.gets("/supervision").text
    assert urges(session) == []


def test_who_has_the_task_in_hand_does_not_urge_themselves(office: Office, session: Session) -> None:
    case = session.scalars(select(Case)).one()
    period = Deadline(
        case_id=case.id,
        rule="mediation.docket",
        regime=case.regime,
        task_key="statement",
        start_on=case.received_on,
        due_on=case.received_on,
        warn_on=case.received_on,
        opened_at=case.opened_at,
    )
    session.add(period)
    task = session.scalars(select(Task).where(Task.key == "statement")).one()
    task.assignee_id = office.director.id
    session.flush()  # its number is posted
    browser = browser_of(office, office.director)
    browser.posts("/supervision/urge", {"deadline": period.id, "text": "请尽快"})
    assert "由您本人办理" in browser.gets("/supervision").text


def test_who_supervises_nothing_does_not_urge(office: Office) -> None:
    period = periods()["fast.finish"]
    browser_of(office, office.clerk).posts("/supervision/urge", {"deadline": period, "text": "请尽快"}, expects=403)


def test_a_conflict_hides_the_period_and_there_is_nothing_to_urge(office: Office, session: Session) -> None:
    relation = {"organization_id": office.responding.id, "nature": "亲属", "declared_at": clock.now()}
    period = periods()["mediation.statement"]
    session.add(DeclaredRelation(user_id=office.supervisor.id, **relation))
    browser = browser_of(office, office.supervisor)
    assert lines(browser) == []
    browser.posts("/supervision/urge", {"deadline": period, "text": "请尽快"})
    assert urges(session) == []


def test_on_the_page_of_the_task_too_it_is_once_a_day(office: Office, session: Session) -> None:
    task = session.scalars(select(Task.id).where(Task.key == "statement")).one()
    director = browser_of(office, office.director)
    director.posts(f"/tasks/{task}/urge", {"text": "请尽快"})
    page = director.posts(f"/tasks/{task}/urge", {"text": "请尽快答复"}, expects=422).text
    assert "今天已经催办过，每天最多催办一次" in page
    assert "请尽快答复" in page


def test_a_duty_that_outlives_the_case_is_in_the_hands_of_the_clerks_who_can_be_urged(
    office: Office, supervisor: Browser, session: Session
) -> None:
    case = office.performing(dispute_kind="ownership", standing="claimant")
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    rows = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == "mediation.copy_to_cnipa")
    owed = session.scalars(rows).one().id
    session.rollback()
    page = supervisor.gets("/supervision").text
    assert "抄送国家知识产权局" in page and "由本单位的" in page
    supervisor.posts("/supervision/urge", {"deadline": owed, "text": "请尽快抄送"})
    told = session.scalars(select(MessageOutbox).where(MessageOutbox.kind == "urged")).all()
    assert {m.user_id for m in told} == {office.clerk.id, office.second_clerk.id}
    assert {m.link for m in told} == {f"/cases/{case.id}/acts/copy_to_cnipa"}
    assert "今天已催办" in supervisor.gets("/supervision").text
