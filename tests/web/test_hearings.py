"""The calendar of hearings shows everybody their own, month by month; a secret address hands the same to their own calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.models import AccessLog, CalendarFeed, CaseStaff, Hearing, MediationSession, Party, Substitute, User, db
from app.models import Case as Row
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Person
from tests.flows.test_adjudication import examines_evidence, holds, schedules
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.web.browser import Browser

OTHER_RIGHT = {"right_number": "ZL 2023 2 0518812.X", "right_name": "壶底"}


@pytest.fixture
def tribunal(app: Flask, session: Session) -> Tribunal:
    """Return the office with those who decide on infringements."""
    return build_tribunal(app, session)


def to_be_heard(tribunal: Tribunal, days: int = 10, *, fixed: bool = True, **changes: Any) -> Case:
    """Return a case whose hearing is fixed on the tenth day at nine, a Thursday."""
    case = tribunal.has_answered(**changes)
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    if fixed:
        schedules(tribunal, case, days)
    return case


def puts_off(tribunal: Tribunal, case: Case) -> None:
    tribunal.presiding.answers(case, "hold_hearing", result="put_off", reason="合议组成员生病")


def browser_of(tribunal: Tribunal, person: Person) -> Browser:
    browser = Browser(tribunal.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def page(tribunal: Tribunal, person: Person, query: str = "", expects: int = 200) -> str:
    return browser_of(tribunal, person).gets(f"/hearings{query}", expects).text


def entries(text: str) -> list[str]:
    """Return the words of every entry of a page, without its markup."""
    found = re.findall(r'<li class="meeting.*?</li>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def day_of(text: str, number: str) -> str:
    """Return the words before the entry of a case: of its day."""
    before = text[: text.index(f">{number}<")]
    cell = before[before.rindex('<div class="month-day">') :]
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


def moved(case: Case, at: str, table: type[Hearing | MediationSession] = Hearing) -> None:
    """Let a meeting be at another time, as no page would let it."""
    db.session.rollback()
    when = datetime.fromisoformat(at).replace(tzinfo=clock.ZONE)
    db.session.execute(update(table).where(table.case_id == case.id).values(at=when))
    db.session.commit()


def becomes(case: Case, **facts: Any) -> None:
    """Let a case stand elsewhere, as no page would let it."""
    db.session.rollback()
    db.session.execute(update(Row).where(Row.id == case.id).values(**facts))
    db.session.commit()


def closes(case: Case) -> None:
    becomes(case, closed_at=clock.now(), outcome="settled", state="settled")


def address(browser: Browser, **answers: str) -> str:
    """Make an address and return its path."""
    found = re.search(
        r'id="feed-address"[^>]*>http://localhost(/[^<]+)<', browser.posts("/hearings", answers, 200).text
    )
    assert found
    return found[1].replace("&amp;", "&")


def fetched(tribunal: Tribunal, path: str) -> list[Any]:
    """Return the entries of a calendar that a stranger's program fetches."""
    answer = Browser(tribunal.app).gets(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data).events


# -- a month -----------------------------------------------------------------------------------------------------------


def test_a_hearing_stands_on_its_day_with_all_that_one_needs(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    told = page(tribunal, tribunal.presiding)
    assert entries(told) == [
        f"09:00 口头审理 {case.number} 顺德美誉电器股份有限公司 与 中山市晨光小家电有限公司 第二审理庭 · 公开进行"
    ]
    assert day_of(told, case.number).startswith("12 3月12日 星期四")
    assert f'href="/cases/{case.id}"' in told and "2026年3月" in told and "1 场" in told


def test_a_closed_hearing_online_says_so(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal, fixed=False)
    schedules(tribunal, case, closed=True, closed_because="涉及商业秘密", online=True, venue="会议号 123")
    [entry] = entries(page(tribunal, tribunal.requester))
    assert "线上，会议号 123 · 不公开进行" in entry and "商业秘密" not in entry


def test_a_session_is_never_public(tribunal: Tribunal) -> None:
    case = tribunal.in_session()
    [entry] = entries(page(tribunal, tribunal.mediator))
    assert entry.startswith(f"11:00 调解会 {case.number}") and entry.endswith("302 调解室 · 不公开进行")


def test_after_its_time_the_result_is_waited_for_and_then_told(tribunal: Tribunal, today: Today) -> None:
    case = to_be_heard(tribunal)
    tribunal.serves(case, "hearing_notice")
    today.moves(days=10, hours=1)
    assert "待登记结果" in entries(page(tribunal, tribunal.presiding))[0]
    holds(tribunal, case)
    told = entries(page(tribunal, tribunal.presiding))[0]
    assert "待登记结果" not in told and told.endswith("审理终结")


def test_what_was_put_off_says_so_and_when_it_is_held_instead(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    puts_off(tribunal, case)
    [entry] = entries(page(tribunal, tribunal.requester))
    assert entry.endswith("没有召开 改期，另行通知")
    schedules(tribunal, case, days=16)
    first, second = entries(page(tribunal, tribunal.requester))
    assert first.endswith("没有召开 改期到 3月18日 09:00") and "没有召开" not in second
    assert "合议组成员生病" not in first


def test_a_session_that_is_called_off_says_so(tribunal: Tribunal) -> None:
    case = tribunal.in_session()
    tribunal.mediator.answers(case, "hold_session", result="cancelled", attended=[], record="请求人出差")
    tribunal.schedules(case)
    first, second = entries(page(tribunal, tribunal.respondent))
    assert "改期到" in first or "改期到" in second
    assert "请求人出差" not in first + second


def test_a_hearing_of_a_case_that_was_withdrawn_is_held_no_more(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="另行协商")
    assert "案件已结" not in entries(page(tribunal, tribunal.clerk))[0]
    tribunal.director.answers(case, "decide_withdrawal", decision="granted", reason="请求人撤回")
    assert entries(page(tribunal, tribunal.clerk))[0].endswith("案件已结，不再召开")


def test_a_hearing_without_a_result_in_a_closed_case_is_not_waited_for(tribunal: Tribunal) -> None:
    case = tribunal.in_session()
    closes(case)
    assert entries(page(tribunal, tribunal.mediator))[0].endswith("案件已结，不再召开")
    moved(case, "2026-03-02 08:00", MediationSession)
    assert entries(page(tribunal, tribunal.mediator))[0].endswith("案件已结，没有登记结果")


def test_a_hearing_of_a_suspended_case_waits(tribunal: Tribunal, today: Today) -> None:
    case = to_be_heard(tribunal)
    becomes(case, state="suspended")
    today.moves(days=11)
    [entry] = entries(page(tribunal, tribunal.presiding))
    assert entry.endswith("案件中止，等待恢复")


# -- which month -------------------------------------------------------------------------------------------------------


def test_the_months_before_and_after_are_one_press_away(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    browser = browser_of(tribunal, tribunal.presiding)
    here = browser.gets("/hearings").text
    assert 'href="/hearings?month=2026-02"' in here and 'href="/hearings?month=2026-04"' in here
    after = browser.gets("/hearings?month=2026-04").text
    assert case.number not in after and "这个月没有安排" in after and 'href="/hearings?month=2026-03"' in after
    assert case.number in browser.gets("/hearings?month=2026-03").text


def test_the_last_and_the_first_month_lead_no_further(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    assert 'rel="prev"' not in browser.gets("/hearings?month=2000-01").text
    last = browser.gets("/hearings?month=2099-12").text
    assert 'rel="next"' not in last and "这一年的放假安排还没有公布" in last


@pytest.mark.parametrize(
    "bad",
    [
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-01",
        "x",
        "2026-11-01",
        "9999-12",
        "1999-12",
        "２０２６-11",
        "2026-11%0a",
    ],
)
def test_what_is_no_month_is_said_in_words(tribunal: Tribunal, bad: str) -> None:
    assert "例如 2026-11" in page(tribunal, tribunal.presiding, f"?month={bad}", 422)


def test_what_is_no_range_is_said_in_words(tribunal: Tribunal) -> None:
    assert "没有这一范围" in page(tribunal, tribunal.clerk, "?whose=others", 422)


def test_an_empty_month_is_the_present_one(tribunal: Tribunal) -> None:
    assert "2026年3月" in page(tribunal, tribunal.clerk, "?month=&whose=")


def test_the_month_ends_at_midnight_in_shanghai(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    moved(case, "2026-03-31 23:59")  # 15:59 in Greenwich
    assert day_of(page(tribunal, tribunal.presiding), case.number).startswith("31 3月31日 星期二")
    moved(case, "2026-04-01 00:00")  # still 31 March in Greenwich
    assert case.number not in page(tribunal, tribunal.presiding)
    april = page(tribunal, tribunal.presiding, "?month=2026-04")
    assert day_of(april, case.number).startswith("1 4月1日 星期三") and "00:00" in entries(april)[0]
    moved(case, "2026-02-28 23:59")
    assert case.number not in page(tribunal, tribunal.presiding)
    moved(case, "2026-03-01 00:00")
    assert case.number in page(tribunal, tribunal.presiding)


def test_weeks_begin_with_monday_and_days_of_other_months_are_empty(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    moved(case, "2026-04-01 09:00")
    told = page(tribunal, tribunal.presiding)
    names = re.findall(r'<th scope="col">([^<]+)</th>', told)
    assert names == ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]
    numbers = [int(n) for n in re.findall(r'month-number">(\d+)<', told)]
    assert numbers[:8] == [23, 24, 25, 26, 27, 28, 1, 2] and len(numbers) == 42 and case.number not in told


def test_days_off_and_make_up_days_are_marked_with_words(tribunal: Tribunal) -> None:
    told = page(tribunal, tribunal.presiding, "?month=2026-10")
    assert told.count("国庆节放假") >= 3 and "调休上班（国庆节）" in told
    assert re.search(
        r'<td class="off">\s*<div class="month-day"><span class="num month-number">17<', told
    )  # a Saturday
    assert re.search(r'<td class="on">\s*<div class="month-day"><span class="num month-number">10<', told)  # made up


def test_of_a_full_day_that_is_over_the_rest_is_folded_away(tribunal: Tribunal) -> None:
    numbers = [tribunal.in_session().number for _ in range(5)]
    ahead = page(tribunal, tribunal.mediator)
    assert len(entries(ahead)) == 5 and re.search(r"<details[^>]* open><summary>另有 2 场", ahead)
    db.session.rollback()
    db.session.execute(update(MediationSession).values(result="agreed"))
    db.session.commit()
    over = page(tribunal, tribunal.mediator)
    assert all(number in over for number in numbers) and '<details class="more-meetings"><summary>另有 2 场' in over


def test_today_is_marked(tribunal: Tribunal) -> None:
    told = page(tribunal, tribunal.presiding)
    assert re.search(r'aria-current="date">\s*<div class="month-day"><span class="num month-number">2<', told)
    assert 'aria-current="date"' not in page(tribunal, tribunal.presiding, "?month=2026-05")


def test_in_english_the_page_is_english(tribunal: Tribunal) -> None:
    to_be_heard(tribunal)
    browser = browser_of(tribunal, tribunal.presiding)
    browser.posts("/language", {"language": "en", "next": "/hearings"})
    told = browser.gets("/hearings").text
    assert "March 2026" in told and "Thursday" in told and "Hearing" in entries(told)[0]
    assert "National Day holiday" in browser.gets("/hearings?month=2026-10").text


# -- whose -------------------------------------------------------------------------------------------------------------


def test_everybody_sees_what_they_take_part_in_or_may_see(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    session = tribunal.in_session()
    hearing, talks = {case.number}, {session.number}
    who: list[tuple[Person, set[str]]] = [
        *((judge, hearing) for judge in tribunal.panel),
        (tribunal.judges[3], set()),
        (tribunal.judges[4], set()),
        (tribunal.mediator, talks),
        (tribunal.second_mediator, set()),
        (tribunal.requester, hearing | talks),
        (tribunal.respondent, hearing | talks),
        (tribunal.stranger, set()),
        (tribunal.admin, set()),
        *(
            (p, hearing | talks)
            for p in (tribunal.clerk, tribunal.section_head, tribunal.director, tribunal.supervisor)
        ),
    ]
    for person, numbers in who:
        told = page(tribunal, person)
        assert {n for n in (case.number, session.number) if n in told} == numbers, person.username
        assert len(entries(told)) == len(numbers), person.username
        assert ("这个月没有安排" in told) == (not numbers), person.username


def test_who_keeps_the_record_finds_it_among_their_own(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    session = tribunal.in_session()
    own = page(tribunal, tribunal.second_clerk, "?whose=mine")
    assert case.number in own and session.number not in own
    assert case.number not in page(tribunal, tribunal.clerk, "?whose=mine")


def test_who_sees_only_their_own_is_asked_nothing(tribunal: Tribunal) -> None:
    for person in (tribunal.presiding, tribunal.requester, tribunal.director, tribunal.supervisor):
        assert "只看我参加的" not in page(tribunal, person), person.username
    assert "只看我参加的" in page(tribunal, tribunal.clerk)


def test_the_unit_is_not_opened_by_asking_for_it(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    for person in (tribunal.judges[4], tribunal.stranger, tribunal.second_mediator):
        assert case.number not in page(tribunal, person, "?whose=unit")


def test_an_official_with_a_conflict_sees_nothing_of_it(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    tribunal.relates(tribunal.clerk, tribunal.requesting)
    assert case.number not in page(tribunal, tribunal.clerk)
    assert case.number in page(tribunal, tribunal.second_clerk)


def test_a_party_that_has_left_is_told_no_more(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    db.session.rollback()
    party = case.party(tribunal.responding.name)
    db.session.execute(update(Party).where(Party.id == party).values(left_at=clock.now()))
    db.session.commit()
    assert case.number not in page(tribunal, tribunal.respondent)
    assert case.number in page(tribunal, tribunal.requester)


def test_who_has_left_the_panel_has_no_hearing(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    leaves(case, tribunal.panel[2])
    assert case.number not in page(tribunal, tribunal.panel[2])


def leaves(case: Case, person: Person) -> None:
    db.session.rollback()
    seat = update(CaseStaff).where(CaseStaff.case_id == case.id, CaseStaff.user_id == person.id)
    db.session.execute(seat.values(until=clock.now(), left_because="reassigned"))
    db.session.commit()


def test_a_deputy_finds_the_hearings_of_the_absent_colleague(tribunal: Tribunal) -> None:
    case, deputy = to_be_heard(tribunal), tribunal.judges[4]
    day = timedelta(days=1)
    away = {"user_id": tribunal.presiding.id, "first": clock.today() - day, "last": clock.today() + day}
    tribunal.adds(Substitute(**away, deputy_id=deputy.id, created_at=clock.now()))
    assert case.number in page(tribunal, deputy)


def test_a_stranger_is_sent_to_the_door(tribunal: Tribunal) -> None:
    assert Browser(tribunal.app).gets("/hearings", 303).location.startswith("/login")


# -- two at once -------------------------------------------------------------------------------------------------------


def test_two_at_once_are_told_of_each_other(tribunal: Tribunal) -> None:
    one, other = to_be_heard(tribunal), to_be_heard(tribunal, **OTHER_RIGHT)
    first, second = entries(page(tribunal, tribunal.panel[1]))
    assert f"时间冲突：您 09:00 还要参加 {other.number}" in first
    assert f"时间冲突：您 09:00 还要参加 {one.number}" in second
    assert f"时间冲突：{tribunal.presiding.name} 09:00 还要参加 {other.number}" in first
    of_a_party = entries(page(tribunal, tribunal.requester))[0]
    assert "时间冲突：您" in of_a_party and tribunal.presiding.name not in of_a_party


def test_one_after_the_other_is_no_clash(tribunal: Tribunal) -> None:
    to_be_heard(tribunal)
    other = to_be_heard(tribunal, **OTHER_RIGHT)
    moved(other, "2026-03-12 10:59")
    assert "时间冲突" in page(tribunal, tribunal.presiding)
    moved(other, "2026-03-12 11:00")
    assert "时间冲突" not in page(tribunal, tribunal.presiding)


def test_what_is_put_off_clashes_with_nothing(tribunal: Tribunal) -> None:
    one = to_be_heard(tribunal)
    to_be_heard(tribunal, **OTHER_RIGHT)
    puts_off(tribunal, one)
    assert "时间冲突" not in page(tribunal, tribunal.presiding)


def test_what_is_past_clashes_with_nothing(tribunal: Tribunal, today: Today) -> None:
    for more in ({}, OTHER_RIGHT):
        to_be_heard(tribunal, **more)
    today.moves(days=10)
    assert "时间冲突" in page(tribunal, tribunal.presiding)
    today.moves(hours=2)
    assert "时间冲突" not in page(tribunal, tribunal.presiding)


def test_other_people_at_the_same_time_are_no_clash(tribunal: Tribunal) -> None:
    to_be_heard(tribunal)
    session = tribunal.in_session()
    moved(session, "2026-03-12 09:30", MediationSession)
    assert "时间冲突" not in page(tribunal, tribunal.clerk)
    assert "时间冲突：您 09:30" in page(tribunal, tribunal.requester)


# -- ways here ---------------------------------------------------------------------------------------------------------


def test_the_page_is_found_from_the_workbench_the_desk_and_ones_matters(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    for path in ("/workbench", "/in-hand"):
        assert 'href="/hearings"' in browser.gets(path).text
    assert 'href="/hearings"' in browser_of(tribunal, tribunal.requester).gets("/matters").text


# -- the address for one's own calendar --------------------------------------------------------------------------------


def test_a_program_that_knows_the_address_gets_the_calendar(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    [entry] = fetched(tribunal, address(browser_of(tribunal, tribunal.presiding)))
    assert entry["SUMMARY"] == f"口头审理 {case.number}"
    assert entry.start == datetime(2026, 3, 12, 1, tzinfo=UTC) and entry.end == datetime(2026, 3, 12, 3, tzinfo=UTC)
    assert entry["LOCATION"] == "第二审理庭" and entry["STATUS"] == "CONFIRMED" and entry["SEQUENCE"] == 0
    assert entry["URL"] == f"http://localhost/cases/{case.id}" and entry["CLASS"] == "PRIVATE"
    assert entry["UID"] == "hearing-1@127.0.0.1"
    assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt <= clock.now()


def test_the_calendar_is_well_formed_and_nobody_elses_to_keep(tribunal: Tribunal) -> None:
    to_be_heard(tribunal)
    path = address(browser_of(tribunal, tribunal.presiding))
    answer = Browser(tribunal.app).gets(path)
    assert answer.headers["Cache-Control"] == "private, no-cache" and "Set-Cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.data)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and calendar["X-WR-CALNAME"] == "审理日历"
    assert not calendar.errors and not any(event.errors for event in calendar.events)
    assert b"\r\n" in answer.data and all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    again = Browser(tribunal.app).gets(path, 304, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.data == b""


def test_the_calendar_names_nobody_and_lets_nobody_into_a_meeting(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal, fixed=False)
    schedules(tribunal, case, online=True, venue="https://meeting.example.cn/j/998877")
    path = address(browser_of(tribunal, tribunal.requester))
    text = Browser(tribunal.app).gets(path).data.replace(b"\r\n ", b"").decode()
    assert "LOCATION:线上" in text and "998877" not in text
    for name in (tribunal.requesting.name, tribunal.responding.name, tribunal.presiding.name, "壶盖锁扣"):
        assert name not in text


def test_the_calendar_speaks_its_owners_language(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    browser = browser_of(tribunal, tribunal.presiding)
    path = address(browser)
    browser.posts("/language", {"language": "en"})
    [entry] = fetched(tribunal, path)
    assert entry["SUMMARY"] == f"Hearing {case.number}" and "Sign in" in entry["DESCRIPTION"]


def test_rescheduling_calls_one_entry_off_and_adds_another(tribunal: Tribunal, today: Today) -> None:
    case = to_be_heard(tribunal)
    path = address(browser_of(tribunal, tribunal.requester))
    [before] = fetched(tribunal, path)
    today.moves(days=1)
    puts_off(tribunal, case)
    [off] = fetched(tribunal, path)
    assert off["UID"] == before["UID"] and off["STATUS"] == "CANCELLED"
    assert off["SEQUENCE"] == before["SEQUENCE"] + 1 and off["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert off["CREATED"].dt == before["CREATED"].dt and off["SUMMARY"] == f"已取消：口头审理 {case.number}"
    today.moves(days=1)
    schedules(tribunal, case, days=16)
    old, new = fetched(tribunal, path)
    assert old["STATUS"] == "CANCELLED" and old["UID"] == before["UID"] != new["UID"]
    assert new["STATUS"] == "CONFIRMED" and new.start == datetime(2026, 3, 20, 1, tzinfo=UTC)
    assert new["CREATED"].dt > old["LAST-MODIFIED"].dt


def test_a_hearing_that_was_held_ends_when_it_ended(tribunal: Tribunal, today: Today) -> None:
    case = to_be_heard(tribunal)
    tribunal.serves(case, "hearing_notice")
    today.moves(days=10, hours=1)
    path = address(browser_of(tribunal, tribunal.presiding))
    holds(tribunal, case, ended="2026-03-12T10:30+08:00")
    [entry] = fetched(tribunal, path)
    assert entry.end == datetime(2026, 3, 12, 2, 30, tzinfo=UTC) and entry["STATUS"] == "CONFIRMED"


def test_what_stands_still_is_tentative_and_what_is_over_is_cancelled(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    path = address(browser_of(tribunal, tribunal.presiding))
    becomes(case, state="suspended")
    assert fetched(tribunal, path)[0]["STATUS"] == "TENTATIVE"
    closes(case)
    assert fetched(tribunal, path)[0]["STATUS"] == "CANCELLED"


def test_sessions_are_in_it_too(tribunal: Tribunal) -> None:
    case = tribunal.in_session()
    [entry] = fetched(tribunal, address(browser_of(tribunal, tribunal.mediator)))
    assert entry["SUMMARY"] == f"调解会 {case.number}" and entry["UID"] == "session-1@127.0.0.1"
    tribunal.mediator.answers(case, "hold_session", result="cancelled", attended=[], record="请求人出差")
    [entry] = fetched(tribunal, address(browser_of(tribunal, tribunal.mediator)))
    assert entry["STATUS"] == "CANCELLED" and "出差" not in str(entry)


def test_nothing_of_other_peoples_cases_is_in_it(tribunal: Tribunal) -> None:
    to_be_heard(tribunal)
    tribunal.in_session()
    for person in (tribunal.judges[4], tribunal.second_mediator, tribunal.stranger, tribunal.admin):
        path = address(browser_of(tribunal, person))
        assert fetched(tribunal, path) == [], person.username
        assert fetched(tribunal, f"{path}?whose=unit") == [], person.username


def test_what_somebody_may_see_is_asked_at_each_fetch(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    of_the_panel = address(browser_of(tribunal, tribunal.panel[2]))
    of_the_clerk = address(browser_of(tribunal, tribunal.clerk))
    assert len(fetched(tribunal, of_the_panel)) == len(fetched(tribunal, of_the_clerk)) == 1
    leaves(case, tribunal.panel[2])
    tribunal.relates(tribunal.clerk, tribunal.requesting)
    assert fetched(tribunal, of_the_panel) == fetched(tribunal, of_the_clerk) == []


def test_a_clerk_may_have_only_their_own_in_it(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    tribunal.in_session()
    browser = browser_of(tribunal, tribunal.second_clerk)
    assert len(fetched(tribunal, address(browser, whose="unit"))) == 2
    [entry] = fetched(tribunal, address(browser, whose="mine"))
    assert case.number in entry["SUMMARY"]


def test_what_is_long_past_is_left_out(tribunal: Tribunal, today: Today) -> None:
    to_be_heard(tribunal)
    today.moves(days=9 + 180)
    path = address(browser_of(tribunal, tribunal.presiding))
    assert len(fetched(tribunal, path)) == 1
    today.moves(days=1)
    assert fetched(tribunal, path) == []


def test_the_address_is_kept_as_a_digest_and_shown_once(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    made = browser.posts("/hearings", {}, 200)
    [token] = re.findall(r"/hearings/feed/([\w-]+)\.ics", made.text)
    assert 'data-copy="feed-address"' in made.text and len(token) >= 43
    db.session.rollback()
    row = db.session.scalars(select(CalendarFeed)).one()
    assert row.user_id == tribunal.presiding.id and token not in row.digest
    again = browser.gets("/hearings").text
    assert token not in again and "订阅地址生成于" in again
    kinds = db.session.scalars(select(AccessLog.kind).where(AccessLog.user_id == tribunal.presiding.id)).all()
    assert "feed_made" in kinds
    assert not [d for d in db.session.scalars(select(AccessLog.detail)) if token in str(d)]


def test_a_new_address_ends_the_one_before(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    old, new = address(browser), address(browser)
    Browser(tribunal.app).gets(old, 404)
    assert fetched(tribunal, new) == []
    db.session.rollback()
    assert len(db.session.scalars(select(CalendarFeed)).all()) == 1


def test_an_address_that_is_ended_leads_nowhere(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    path = address(browser)
    browser.posts("/hearings/feed/end")
    assert "订阅地址生成于" not in browser.gets("/hearings").text
    ended = Browser(tribunal.app).gets(path, 404)
    never = Browser(tribunal.app).gets("/hearings/feed/of-nobody.ics", 404)
    assert ended.mimetype == never.mimetype == "text/html"
    browser.posts("/hearings/feed/end")  # there is nothing left to end


def test_nobody_ends_or_renews_the_address_of_another(tribunal: Tribunal) -> None:
    path = address(browser_of(tribunal, tribunal.presiding))
    other = browser_of(tribunal, tribunal.requester)
    address(other)
    other.posts("/hearings/feed/end")
    assert fetched(tribunal, path) == []


def test_the_address_of_a_closed_account_leads_nowhere(tribunal: Tribunal) -> None:
    path = address(browser_of(tribunal, tribunal.presiding))
    db.session.rollback()
    db.session.execute(update(User).where(User.id == tribunal.presiding.id).values(active=False))
    db.session.commit()
    Browser(tribunal.app).gets(path, 404)


def test_the_address_ends_with_every_other_session(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    path = address(browser)
    browser.posts("/profile/sessions/end")
    Browser(tribunal.app).gets(path, 404)
    db.session.rollback()
    assert db.session.scalars(select(CalendarFeed)).all() == []


def test_the_address_opens_nothing_else(tribunal: Tribunal) -> None:
    path = address(browser_of(tribunal, tribunal.presiding))
    token = path.removeprefix("/hearings/feed/").removesuffix(".ics")
    answer = tribunal.app.test_client().get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert Browser(tribunal.app).client.get(path.removesuffix(".ics")).status_code == 404


def test_addresses_are_not_made_without_end(tribunal: Tribunal) -> None:
    browser = browser_of(tribunal, tribunal.presiding)
    for _ in range(20):
        address(browser)
    browser.posts("/hearings", {}, 429)


def test_both_databases_tell_the_same(either_app: Flask) -> None:
    office = build_tribunal(either_app, db.session())
    case = to_be_heard(office)
    puts_off(office, case)
    schedules(office, case, days=16)
    session = office.in_session()
    moved(session, "2026-03-01 00:00", MediationSession)
    assert len(entries(page(office, office.second_clerk))) == 3
    assert len(entries(page(office, office.second_clerk, "?whose=mine"))) == 2
    browser = browser_of(office, office.requester)
    address(browser)
    found = fetched(office, address(browser))
    assert [one["STATUS"] for one in found] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]


def test_an_error_writes_no_address_into_the_log(
    tribunal: Tribunal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("broken")

    path = address(browser_of(tribunal, tribunal.presiding))
    monkeypatch.setattr("app.web.hearings.meetings.of_ones_own", breaks)
    tribunal.app.config["PROPAGATE_EXCEPTIONS"] = False
    Browser(tribunal.app).gets(path, 500)
    assert path not in caplog.text and "/hearings/feed/<token>.ics broke" in caplog.text
