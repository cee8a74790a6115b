"""Whoever signs up in a famous name and files at once: the clerk is told that nobody has seen a licence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.models import AccessLog, Membership, Party, User, db
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
