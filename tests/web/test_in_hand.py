"""The desk shows whoever works on cases their own: by stage, with what is due and whom they meet."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import Today
from tests.flows.office import PASSWORD, Person
from tests.flows.test_adjudication import examines_evidence, schedules
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.web.browser import Browser


@pytest.fixture
def tribunal(app: Flask, session: Session) -> Tribunal:
    """Return the office with those who decide on infringements."""
    return build_tribunal(app, session)


def desk(tribunal: Tribunal, person: Person, expects: int = 200) -> str:
    browser = Browser(tribunal.app)
    browser.logs_in(person.username, PASSWORD)
    return browser.gets("/in-hand", expects).text


def stages(page: str) -> list[str]:
    return [re.sub(r"\s+", "", one) for one in re.findall(r'id="stage-\d+">(.*?)<span', page, re.DOTALL)]


def test_cases_stand_by_stage_with_what_waits_for_this_person(tribunal: Tribunal) -> None:
    gathering = tribunal.has_answered()
    served = tribunal.has_docketed(right_number="ZL 2023 2 0518812.X", right_name="壶底")
    told = desk(tribunal, tribunal.presiding)
    assert stages(told) == ["送达与答辩", "举证与调查"]
    assert gathering.number in told and served.number in told
    assert "确定举证期限" in told


def test_a_member_sees_the_case_but_not_the_work_of_who_presides(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    told = desk(tribunal, tribunal.panel[1])
    assert case.number in told and "确定举证期限" not in told


def test_nobody_sees_what_others_hold(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    told = desk(tribunal, tribunal.judges[4])
    assert case.number not in told and "没有您承办的案件" in told
    for person in (tribunal.requester, tribunal.supervisor, tribunal.admin):
        desk(tribunal, person, 403)


def test_what_is_due_within_a_week_and_the_next_hearing_stand_beside_them(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    told = desk(tribunal, tribunal.presiding)
    assert "第二审理庭" in told and "3月12日 09:00" in told
    due = told[told.index('id="due"') : told.index('id="meetings"')]
    assert "结案" not in due
    today.moves(days=88)
    due = desk(tribunal, tribunal.presiding)
    due = due[due.index('id="due"') : due.index('id="meetings"')]
    assert "结案" in due and case.number in due
