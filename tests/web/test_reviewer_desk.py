"""A reviewer's desk: many plain applications accepted at once, each with its own answer, and what is seen at a glance."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ApplicantBar, AwardCall, CapAccount, Event, Task, db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import Case
from tests.web.awards import browser_of
from tests.web.browser import Browser

BULK = "/workbench/bulk"
GROUP = "/workbench?queue=group"


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def applied(office: AwardOffice, call: AwardCall, award: str, number: str, **changes: Any) -> Case:
    """Return an application for a thing with this number, with every paper."""
    thing = {"name": "一种陶瓷砖防滑结构", "number": number, "on": "2026-01-15"}
    case: Case = office.applies(call, award, **{**office.enough(award), "things": [thing], **changes})
    return case


def check_of(case: Case) -> int:
    """Return the open step in which an application is checked."""
    db.session.rollback()
    rows = select(Task.id).where(Task.case_id == case.id, Task.form == "award_formality")
    return db.session.scalars(rows.order_by(Task.id.desc())).first() or 0


def state(office: AwardOffice, case: Case) -> str:
    return str(case.seen_by(office.requester)["state"])


def accepts(browser: Browser, *tasks: int, expects: int = 200) -> list[str]:
    """Accept the chosen tasks at once; return what the page says of each, in their order."""
    page = browser.posts(BULK, {"queue": "group", "action": "accept", "task": list(tasks)}, expects).text
    rows = re.findall(r"<tr><td>.*?</tr>", page, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def barred(office: AwardOffice, case: Case) -> None:
    bar = {"ground": "dishonesty", "first": date(2026, 1, 1), "last": date(2028, 12, 31)}
    db.session.add(ApplicantBar(organization_id=office.requesting.id, case_id=case.id, **bar))
    db.session.commit()


def test_plain_applications_are_accepted_at_once_and_each_row_says_what_came_of_it(office: AwardOffice) -> None:
    call = office.calls("AW11")
    plain, other = (applied(office, call, "AW11", f"粤佛许〔2026〕{n}号") for n in (1, 2))
    promised = office.applies(call, "AW11")
    tasks = [check_of(one) for one in (plain, promised, other)]
    browser = browser_of(office, "reviewer")
    page = browser.gets(GROUP).text
    assert "受理所选" in page and plain.number in page
    first, second, third = accepts(browser, *tasks)
    assert "已办理" in first and plain.number in first and "已办理" in third
    assert "未办理" in second and "有承诺后补的材料" in second
    assert [state(office, one) for one in (plain, promised, other)] == ["recommending", "requested", "recommending"]
    again, *_ = accepts(browser, *tasks)
    assert "未办理" in again
    kinds = select(Event.kind).where(Event.case_id == plain.id, Event.kind == "application_accepted")
    assert len(db.session.scalars(kinds).all()) == 1


def test_what_has_to_be_weighed_is_left_with_the_reason(office: AwardOffice) -> None:
    call = office.calls("AW11", "AW02")
    one = applied(office, call, "AW11", "粤佛许〔2026〕1号")
    same = applied(office, office.calls("AW11"), "AW11", "粤佛许〔2026〕9号")
    barred(office, one)
    (told,) = accepts(browser_of(office, "reviewer"), check_of(same))
    assert "申报单位在停止申报的期间" in told and state(office, same) == "requested"


def test_a_used_cap_is_left_too(office: AwardOffice) -> None:
    case = applied(office, office.calls("AW11"), "AW11", "粤佛许〔2026〕1号")
    used = {"organization_id": office.requesting.id, "award": "AW11", "year": 2026, "used": 1_000_000}
    db.session.add(CapAccount(**used))
    db.session.commit()
    browser = browser_of(office, "reviewer")
    (told,) = accepts(browser, check_of(case))
    assert "年度上限已经用完" in told
    assert "已用 1,000,000 元，共 1,000,000 元" in browser.gets(f"/tasks/{check_of(case)}").text


def test_other_steps_and_other_people_are_refused(office: AwardOffice) -> None:
    case = office.applies(office.calls("AW02"), "AW02", **office.enough("AW02"))
    office.accepts(case)
    dispute = office.files()
    db.session.rollback()
    formality = db.session.scalars(select(Task.id).where(Task.case_id == dispute.id)).first() or 0
    (told,) = accepts(browser_of(office, "clerk"), formality)
    assert "不能一并受理" in told
    fresh = office.applies(office.calls("AW03"), "AW03", **office.enough("AW03"))
    for who in ("clerk", "purse"):
        (told,) = accepts(browser_of(office, who), check_of(fresh))
        assert "未办理" in told
    assert state(office, fresh) == "requested"
    browser = browser_of(office, "reviewer")
    assert "请先勾选" in browser.posts(BULK, {"queue": "group", "action": "accept"}, expects=422).text
    assert "受理所选" not in browser_of(office, "clerk").gets(GROUP).text


def test_what_to_know_of_the_unit_stands_beside_the_form_at_a_glance(office: AwardOffice) -> None:
    call = office.calls("AW02", "AW11")
    granted = office.supported(call, "AW02")
    office.paid(granted)
    case = applied(office, call, "AW11", "粤佛许〔2026〕1号")
    browser = browser_of(office, "reviewer")
    page = browser.gets(f"/tasks/{check_of(case)}").text
    assert "要点" in page and "获奖励资助 1 件，共 2,000,000 元" in page and "已用 0 元，共 1,000,000 元" in page
    assert granted.number in page
    barred(office, case)
    assert "停止申报至" in browser.gets(f"/tasks/{check_of(case)}").text
    own = browser_of(office, "requester").gets(f"/cases/{case.id}").text
    assert "要点" not in own and "停止申报至" not in own
