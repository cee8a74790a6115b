"""Whoever signs up in a famous name and files at once: the clerk is told that nobody has seen a licence."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.models import AccessLog, Membership, Party, User, db
from app.queries import progress
from app.services import people, signup
from app.services.changing import changing
from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser

TO_CHECK = ("未核验", "请核对营业执照、法定代表人身份证明和经办人的授权委托书")


def page(office: Office, who: str, path: str) -> str:
    browser = Browser(office.app)
    browser.logs_in(who, PASSWORD)
    return str(browser.gets(path).text)


def unverified(office: Office) -> Case:
    office.requesting.verified = False
    db.session.commit()
    return office.files()


def signs_up(office: Office) -> User:
    who = signup.Newcomer(username="rightful", password=PASSWORD, name="真实", email="right@example.cn", phone="")
    body = signup.Represented(kind="enterprise", name=office.requesting.name, uscc=office.requesting.uscc or "")
    with changing(db.session()):
        return signup.sign_up(db.session(), who, body)


def what_papers_say(party: Party) -> dict[str, str]:
    return {name: party.reached(name) for name in ("address", "phone", "legal_representative", "email")}


def test_whoever_signs_up_for_a_company_that_nobody_acts_for_moves_no_paper_of_its_cases(office: Office) -> None:
    """Its credit code is public: letters go on to the address that was known, and no look-up opens with a new phone."""
    case = office.consented()
    for username in ("requester", "respondent"):
        closes(office, username)
    rows = select(Party).where(Party.case_id == case.id).order_by(Party.place)
    before = [what_papers_say(p) for p in db.session.scalars(rows)]
    told = [p.told("phone") for p in db.session.scalars(rows)]
    for number, company in enumerate((office.requesting, office.responding)):
        who = signup.Newcomer(username=f"stranger{number}", password=PASSWORD, name="路人", email="a@b.cn", phone="")
        body = signup.Represented(
            kind="enterprise",
            name=company.name,
            uscc=company.uscc or "",
            address="某路一号",
            phone="13927310099",
            legal_representative="王某",
            email="stranger@example.cn",
        )
        with changing(db.session()):
            signup.sign_up(db.session(), who, body)
    db.session.expire_all()
    assert [what_papers_say(p) for p in db.session.scalars(rows)] == before
    assert [p.told("phone") for p in db.session.scalars(rows)] == told
    with pytest.raises(RuleBroken):
        progress.look_up(db.session(), case.number, "0099")


def closes(office: Office, username: str) -> None:
    session = db.session()
    with changing(session):
        gone = session.scalars(select(User).where(User.username == username)).one()
        people.deactivate(session, gone, by=session.get_one(User, office.admin.id))


def test_the_clerk_sees_on_task_and_case_that_the_requester_is_not_verified_and_what_to_check(office: Office) -> None:
    case = unverified(office)
    task = case.task("formality_check", office.clerk)
    for path in (f"/tasks/{task}", f"/cases/{case.id}"):
        shown = page(office, "clerk", path)
        assert all(text in shown for text in TO_CHECK)
        assert f'href="/organizations/{office.requesting.id}"' in shown
    assert "未核验" not in page(office, "requester", f"/cases/{case.id}")
    office.requesting.verified = True
    db.session.commit()
    assert "未核验" not in page(office, "clerk", f"/cases/{case.id}")


def test_a_closed_account_keeps_nobody_from_signing_up_and_its_cases_to_itself(office: Office) -> None:
    case = unverified(office)
    closes(office, "requester")
    newcomer = signs_up(office)
    assert newcomer.organization_ids == {office.requesting.id}
    held = select(Membership.user_id).where(Membership.organization_id == office.requesting.id)
    assert db.session.scalars(held).all() == [newcomer.id]
    taken: list[Any] = list(db.session.scalars(select(AccessLog.detail).where(AccessLog.kind == "role_taken")))
    assert [one["of"] for one in taken] == [office.requester.id]
    browser = Browser(office.app)
    browser.logs_in("rightful", PASSWORD)
    assert browser.gets(f"/cases/{case.id}", expects=404)
    assert all(text in page(office, "clerk", f"/cases/{case.id}") for text in TO_CHECK)
    office.requesting.verified = True
    db.session.commit()
    assert case.number in browser.gets(f"/cases/{case.id}").text
    assert not db.session.scalars(select(Party).where(Party.files_itself)).all()
