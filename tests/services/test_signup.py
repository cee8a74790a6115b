"""Signing up: for an organisation or for oneself, and what a name that is known does not open."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.roles import Role
from app.models import AccessLog, Organization
from app.services import accounts, signup
from tests.factories import people
from tests.factories.people import PASSWORD, newcomer


def body(**changes: str) -> signup.Represented:
    told = {"kind": "enterprise", "name": "顺德美誉电器有限公司", "uscc": people.code(77), "address": "顺德区大良街道"}
    return signup.Represented(**{**told, **changes})


def test_an_organisation_signs_up_and_its_person_acts_for_it(session: Session) -> None:
    user = signup.sign_up(session, newcomer(), body(), address="192.0.2.7")
    session.commit()
    organization = session.scalars(select(Organization)).one()
    assert user.organization_ids == {organization.id}
    assert user.roles == {Role.APPLICANT}
    assert (organization.uscc, organization.verified) == (people.code(77), False)
    assert list(session.scalars(select(AccessLog.kind).order_by(AccessLog.id))) == ["signed_up", "privacy_accepted"]
    assert accounts.authenticate(session, "heyun", PASSWORD, "192.0.2.7").id == user.id


def test_a_respondent_entered_by_the_other_side_keeps_the_name_of_the_papers_and_is_not_verified_by_signing_up(
    session: Session,
) -> None:
    known = people.organization(session, "顺德美誉电器股份有限公司", uscc=people.code(77))
    signup.sign_up(session, newcomer(), body())
    assert session.scalars(select(Organization)).one() is known
    assert (known.name, known.address, known.verified) == ("顺德美誉电器股份有限公司", "顺德区大良街道", False)


def test_an_organisation_with_people_is_not_taken_over(session: Session) -> None:
    known = people.organization(session, uscc=people.code(77))
    people.person(session, organization=known)
    with pytest.raises(RuleBroken, match="请与本单位同事联系") as refusal:
        signup.sign_up(session, newcomer(), body())
    assert refusal.value.field == "uscc"


def test_a_person_signs_up_with_a_resident_number_that_is_kept_sealed(session: Session) -> None:
    number = "11010519491231002X"
    signup.sign_up(session, newcomer(), body(kind="individual", name="何云", uscc="", resident_id=number))
    session.commit()
    raw = session.connection().exec_driver_sql("SELECT resident_id, resident_index, uscc FROM organization").one()
    assert number not in str(raw) and raw[2] is None
    with pytest.raises(RuleBroken) as refusal:
        signup.sign_up(
            session, newcomer(username="other"), body(kind="individual", resident_id=number.lower(), uscc="")
        )
    assert refusal.value.field == "resident_id"


def test_a_taken_name_and_a_weak_password_are_refused_beside_their_field(session: Session) -> None:
    people.person(session, username="heyun")
    with pytest.raises(RuleBroken) as taken:
        signup.sign_up(session, newcomer(), body())
    with pytest.raises(RuleBroken) as weak:
        signup.sign_up(session, newcomer(username="heyun2", password="short"), body())
    assert (taken.value.field, weak.value.field) == ("username", "password")


def test_who_takes_the_same_name_in_the_same_moment_is_told_so(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.person(session, username="heyun")
    monkeypatch.setattr(accounts, "refuse_taken", lambda *_: None)
    with pytest.raises(RuleBroken) as refusal:
        signup.sign_up(session, newcomer(), body())
    assert refusal.value.field == "username"
