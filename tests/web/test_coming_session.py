"""Whoever is expected at a session reads when and where, without looking for it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Today
from tests.flows.office import PASSWORD, Office, Person
from tests.web.browser import Browser


def page(office: Office, person: Person, path: str) -> str:
    """Return the words of a page as that person reads them."""
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    text = re.sub(r"<[^>]+>", "", browser.gets(path).text)
    return " ".join(text.split())


@pytest.mark.parametrize("side", ["requester", "respondent"])
def test_a_party_is_asked_to_come_at_a_time_and_to_a_place(office: Office, side: str) -> None:
    case = office.in_session()
    for path in ("/matters", f"/cases/{case.id}"):
        assert "请您到场：3月2日 11:00（星期一），302 调解室" in page(office, getattr(office, side), path)


def test_a_party_is_told_no_day_that_only_the_office_works_by(office: Office) -> None:
    case = office.docketed()
    targets = ("快速调解首次调解", "快速调解终结")
    for_requester, for_director = (
        page(office, who, f"/cases/{case.id}") for who in (office.requester, office.director)
    )
    assert "通知调解的时间、地点" in for_requester and not any(target in for_requester for target in targets)
    assert all(target in for_director for target in targets) and "最迟" in for_director
    assert not re.search("到期|最迟|截止", page(office, office.requester, "/matters"))


def test_nobody_is_asked_to_come_to_a_day_that_has_passed(office: Office, today: Today) -> None:
    case = office.in_session()
    today.moves(days=1)
    for path in ("/matters", f"/cases/{case.id}"):
        assert "请您到场" not in page(office, office.respondent, path)


def test_nobody_is_asked_to_a_session_that_was_held(office: Office) -> None:
    case = office.agreed()
    for path in ("/matters", f"/cases/{case.id}"):
        assert "请您到场" not in page(office, office.respondent, path)


def test_the_mediator_sees_the_time_in_the_list_and_on_the_task(office: Office) -> None:
    case = office.in_session()
    task = case.task("hold_session", office.mediator)
    for path in ("/workbench", f"/cases/{case.id}", f"/tasks/{task}"):
        told = page(office, office.mediator, path)
        assert re.search("3月2日 11:00(（星期一），)?302 调解室", told), path


def test_a_session_whose_time_has_come_is_under_way_for_those_who_sit_in_it(office: Office, today: Today) -> None:
    case = office.in_session()
    task = case.task("hold_session", office.mediator)
    today.is_at("2026-03-02 10:59")
    assert "正在进行" not in page(office, office.mediator, f"/cases/{case.id}")
    today.is_at("2026-03-02 11:00")
    for path in ("/workbench", f"/cases/{case.id}", f"/tasks/{task}"):
        assert re.search("302 调解室，? ?正在进行，待登记结果", page(office, office.mediator, path)), path
    for path in ("/matters", f"/cases/{case.id}"):
        told = page(office, office.respondent, path)
        assert "调解会正在进行：3月2日 11:00" in told and "请您到场：" not in told, path


def test_a_session_of_a_day_that_has_passed_only_waits_for_its_result(office: Office, today: Today) -> None:
    case = office.in_session()
    today.moves(days=1)
    told = page(office, office.mediator, f"/cases/{case.id}")
    assert "待登记结果" in told and "正在进行" not in told
    assert "正在进行" not in page(office, office.respondent, f"/cases/{case.id}")
