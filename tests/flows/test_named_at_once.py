"""One company named by several people at the same moment is one row, and nobody meets an error; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from stdnum.cn import uscc

from app.domain.errors import RuleBroken
from app.models import Incident, Organization, User, db
from app.services import accounts, signup
from app.services.changing import changing
from tests.flows.moment import at_once, posts
from tests.flows.office import PASSWORD, Office

STEM = "91440606MA5NEWCX1"
CODE = STEM + uscc.calc_check_digit(STEM)
NAME = "佛山市新来电器有限公司"


def signs_up(username: str, code: str = CODE) -> str:
    """Sign up for the company; return ``in``, or why not."""
    who = signup.Newcomer(username=username, password=PASSWORD, name="新来", email="new@example.cn", phone="")
    try:
        with changing(db.session()):
            signup.sign_up(db.session(), who, signup.Represented(kind="enterprise", name=NAME, uscc=code))
    except RuleBroken as refusal:
        return refusal.message
    return "in"


def entry(**changes: Any) -> dict[str, Any]:
    return {"kind": "enterprise", "name": NAME, "uscc": CODE, "address": "佛山市南海区工业大道 9 号", **changes}


def rows(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_of_equal_sign_ups_one_is_in_and_the_others_are_told(either_office: Office) -> None:
    before = rows(User)
    found = at_once(either_office.app, 6, lambda _n: signs_up("newcomer"))
    assert found.count("in") == 1
    assert set(found) <= {"in", accounts.TAKEN_BODY, accounts.TAKEN_NAME}
    assert rows(User) == before + 1


def test_of_several_for_one_new_company_one_is_in(either_office: Office) -> None:
    found = at_once(either_office.app, 6, lambda n: signs_up(f"newcomer{n}"))
    assert sorted(found) == sorted(["in", *[accounts.TAKEN_BODY] * 5])


def test_a_name_taken_at_the_same_moment_leaves_no_company_behind(either_office: Office) -> None:
    before = rows(Organization)
    codes = [(stem := f"91440606MA5NEWC{n:02d}") + uscc.calc_check_digit(stem) for n in range(4)]
    found = at_once(either_office.app, 4, lambda n: signs_up("newcomer", codes[n]))
    assert sorted(found) == sorted(["in", *[accounts.TAKEN_NAME] * 3])
    assert rows(Organization) == before + 1


def test_requests_that_name_a_company_which_signs_up_are_all_filed(either_office: Office) -> None:
    office = either_office
    office.requester.headers()
    contents = [{"process": "mediation", "answers": office.request(respondents=[entry()])} for _ in range(3)]

    def one(n: int) -> Any:
        return posts(office, office.requester, "/cases", contents[n]) if n < 3 else signs_up(f"newcomer{n}")

    found = at_once(office.app, 6, one)
    assert found[:3] == [201] * 3
    assert found[3:].count("in") == 1
    assert rows(Incident) == 0
    assert db.session.scalars(select(Organization.name).where(Organization.uscc == CODE)).all() == [NAME]


def test_one_key_for_opening_and_for_an_act_at_once_is_carried_out_once(either_office: Office) -> None:
    office = either_office
    case, opening = office.files(), {"process": "mediation", "answers": office.request()}
    headers = {**office.requester.headers(), "Idempotency-Key": "k-1"}
    sent = [("/cases", opening), (f"/cases/{case.id}/acts/withdraw", {"answers": {"reason": "已另行协商"}})]

    def one(n: int) -> int:
        path, content = sent[n]
        return office.app.test_client().post(f"/api/v1{path}", json=content, headers=headers).status_code

    assert sorted(at_once(office.app, 2, one))[1:] == [409]
    assert rows(Incident) == 0


def test_what_the_database_says_of_a_collision_does_not_repeat_what_was_typed(either_office: Office) -> None:
    office = either_office
    known = {
        "kind": "enterprise",
        "name": "一",
        "uscc": office.responding.uscc,
        "created_at": office.responding.created_at,
    }
    db.session.add(Organization(**known))
    with pytest.raises(IntegrityError) as met:
        db.session.flush()
    told = f"{met.value} {met.value.__cause__} {met.value.orig!r}"
    assert "uscc" in told and str(known["uscc"]) not in told
