"""The same form sent twice is carried out once: by a double click, and over the API with a key; on both databases."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, select

import forms
from app.models import Case as CaseRow
from app.models import Note, User, db
from app.queries import facts
from app.services import desk
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.moment import at_once
from tests.flows.office import Office, Person
from tests.web.browser import Browser

WITHDRAW = {"answers": {"reason": "已另行协商"}}
CONTACT = {"on": "2026-03-02", "summary": "电话通知调解时间"}


def sends(office: Office, person: Person, path: str, content: Any, key: str) -> tuple[int, Any]:
    """Post with a key and return the status and the answer."""
    headers = {**person.headers(), "Idempotency-Key": key}
    answer = office.app.test_client().post(f"/api/v1{path}", json=content, headers=headers)
    return answer.status_code, answer.json


def cases() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(CaseRow)) or 0


def test_equal_requests_at_once_open_one_case_and_the_others_are_told_which(either_office: Office) -> None:
    office = either_office
    content = {"process": "mediation", "answers": office.request()}
    office.requester.headers()
    found = at_once(office.app, 6, lambda _n: sends(office, office.requester, "/cases", content, "k-1"))
    assert sorted(status for status, _ in found) == [201] + [409] * 5
    [opened] = [answer["id"] for status, answer in found if status == 201]
    assert {answer["case_id"] for status, answer in found if status == 409} == {opened}
    assert cases() == 1
    assert sends(office, office.requester, "/cases", content, "k-2")[0] == 201
    assert cases() == 2


def test_equal_acts_at_once_are_one_event(either_office: Office) -> None:
    office = either_office
    case = office.docketed()
    content = {"answers": CONTACT}
    office.clerk.headers()
    path = f"/cases/{case.id}/acts/record_contact"
    found = at_once(office.app, 3, lambda _n: sends(office, office.clerk, path, content, "k-1")[0])
    assert sorted(found) == [200, 409, 409]
    assert case.happened().count("parties_contacted") == 1


def test_one_key_for_two_cases_at_once_is_carried_out_in_one_of_them(either_office: Office) -> None:
    office = either_office
    office.clerk.headers()
    for n in range(3):
        two = [office.docketed(), office.docketed()]
        paths = [f"/cases/{case.id}/acts/record_contact" for case in two]
        found = at_once(
            office.app,
            2,
            lambda i, paths=paths, key=f"k-{n}": sends(office, office.clerk, paths[i], {"answers": CONTACT}, key),
        )
        assert sorted(status for status, _ in found) == [200, 409]
        assert all("没有重复办理" in answer["detail"] for status, answer in found if status == 409)
        assert sorted(case.happened().count("parties_contacted") for case in two) == [0, 1]


def test_equal_requests_without_a_key_open_one_case_until_two_minutes_have_passed(
    either_office: Office, today: Today
) -> None:
    office = either_office
    content = {"process": "mediation", "answers": office.request()}
    office.requester.headers()
    found = at_once(office.app, 6, lambda _n: sends(office, office.requester, "/cases", content, ""))
    assert sorted(status for status, _ in found) == [201] + [409] * 5
    [opened] = [answer["id"] for status, answer in found if status == 201]
    assert {answer["case_id"] for status, answer in found if status == 409} == {opened}
    today.moves(minutes=1)
    assert sends(office, office.requester, "/cases", content, "")[0] == 409
    other = {**content, "answers": {**content["answers"], "right_name": "电水壶"}}
    assert sends(office, office.requester, "/cases", other, "")[0] == 201
    today.moves(minutes=1)
    assert sends(office, office.requester, "/cases", content, "")[0] == 201
    assert sends(office, office.requester, "/cases", content, "meant")[0] == 201


def test_equal_acts_without_a_key_are_one_event_a_case_and_person(either_office: Office) -> None:
    office = either_office
    case, other = office.docketed(), office.docketed()
    content = {"answers": CONTACT}
    for person in (office.clerk, office.director):
        person.headers()
    path = f"/cases/{case.id}/acts/record_contact"
    found = at_once(office.app, 3, lambda _n: sends(office, office.clerk, path, content, "")[0])
    assert sorted(found) == [200, 409, 409]
    assert sends(office, office.clerk, f"/cases/{other.id}/acts/record_contact", content, "")[0] == 200
    assert sends(office, office.second_clerk, path, content, "")[0] == 200
    assert case.happened().count("parties_contacted") == 2


def test_what_was_refused_may_be_sent_again_at_once(office: Office) -> None:
    content = {"process": "mediation", "answers": office.request(right_files=[9999])}
    assert [sends(office, office.requester, "/cases", content, "")[0] for _ in range(2)] == [422, 422]


def test_a_remark_that_is_sent_twice_is_kept_once(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.files()

    def remarks(_n: int) -> None:
        session = db.session()
        with changing(session):
            by, row = session.get_one(User, office.clerk.id), session.get_one(CaseRow, case.id)
            desk.add_note(session, row, text="已电话核实", by=by)

    at_once(office.app, 4, remarks)
    assert db.session.scalar(select(func.count()).select_from(Note)) == 1
    today.moves(minutes=2)
    remarks(0)
    assert db.session.scalar(select(func.count()).select_from(Note)) == 2


def test_a_key_is_its_senders_own_and_has_a_form(office: Office) -> None:
    content = {"process": "mediation", "answers": office.request()}
    assert sends(office, office.requester, "/cases", content, "k" * 65)[0] == 422
    first = sends(office, office.requester, "/cases", content, "k")
    assert first[0] == 201
    assert (
        sends(office, office.clerk, f"/cases/{first[1]['id']}/acts/record_contact", {"answers": CONTACT}, "k")[0] == 200
    )
    assert sends(office, office.requester, f"/cases/{first[1]['id']}/acts/withdraw", WITHDRAW, "k")[0] == 409


def test_a_double_click_on_confirm_is_told_of_the_case_that_the_first_click_opened(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in("requester")
    check = browser.posts("/cases/new/mediation", fields(office)).location
    found = re.search(r'name="once" value="([^"]+)"', browser.gets(check).text)
    assert found
    click = {**fields(office), "once": found[1]}
    first = browser.posts("/cases/new/mediation", {**click, "confirmed": "1"}).location
    second = browser.posts("/cases/new/mediation", {**click, "confirmed": "1"}, expects=409).text
    assert "没有重复办理" in second and f'href="{first}"' in second
    assert cases() == 1


def test_answers_that_stand_in_two_windows_are_filed_once(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in("requester")
    check = browser.posts("/cases/new/mediation", fields(office)).location
    keys = [_key(browser, check), _key(browser, check)]
    browser.posts("/cases/new/mediation", {**fields(office), "once": keys[0], "confirmed": "1"})
    browser.posts("/cases/new/mediation", {**fields(office), "once": keys[1], "confirmed": "1"}, expects=409)
    assert cases() == 1
    browser.posts("/cases/new/mediation", fields(office))  # whoever begins anew means another request
    browser.posts("/cases/new/mediation", {**fields(office), "once": _key(browser, check), "confirmed": "1"})
    assert cases() == 2


def _key(browser: Browser, check: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', browser.gets(check).text)
    assert found
    return found[1]


def fields(office: Office) -> dict[str, list[str]]:
    """Return a good request as the fields of the page."""
    known = facts.of_start(db.session(), db.session.get_one(User, office.requester.id), "mediation")
    values, wrong = forms.from_json(forms.build("mediation_request", facts=known), office.request())
    assert not wrong
    return {name: values.getlist(name) for name in values}
