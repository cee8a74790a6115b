"""Invitations: a code lets one person into a case, once, for some days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.roles import Role
from app.models import Case, Party, ProcessVersion, User
from app.services import invitations
from tests.conftest import Today
from tests.factories import people
from tests.factories.people import newcomer


def test_a_code_lets_one_person_in_once(session: Session, party_and_clerk: tuple) -> None:  # type: ignore[type-arg]
    party, clerk = party_and_clerk
    code = invitations.invite(session, party, clerk)
    user = invitations.accept(session, code.lower().replace("-", " "), who=newcomer())
    assert user.organization_ids == {party.organization_id}
    with pytest.raises(RuleBroken, match="邀请码") as refusal:
        invitations.accept(session, code, who=newcomer(username="second"))
    assert refusal.value.field == "code"


def test_a_code_is_good_for_thirty_days(session: Session, party_and_clerk: tuple, today: Today) -> None:  # type: ignore[type-arg]
    party, clerk = party_and_clerk
    code = invitations.invite(session, party, clerk)
    session.flush()  # the row is read back
    today.moves(days=30)
    with pytest.raises(RuleBroken, match="过期"):
        invitations.accept(session, code, who=newcomer())


def test_somebody_with_an_account_joins_too_but_an_official_does_not(
    session: Session,
    party_and_clerk: tuple,  # type: ignore[type-arg]
) -> None:
    party, clerk = party_and_clerk
    code = invitations.invite(session, party, clerk)
    with pytest.raises(RuleBroken, match="工作人员"):
        invitations.accept(session, code, who=clerk)
    outside = people.person(session, organization=people.organization(session))
    invitations.accept(session, code, who=outside)
    session.flush()  # the new membership gets its organisation's number
    assert party.organization_id in outside.organization_ids
    again = invitations.invite(session, party, clerk)
    with pytest.raises(RuleBroken, match="不需要邀请码"):
        invitations.accept(session, again, who=outside)


def test_only_who_handles_the_case_invites(session: Session, party_and_clerk: tuple) -> None:  # type: ignore[type-arg]
    party, _ = party_and_clerk
    elsewhere = people.person(session, Role.INTAKE_CLERK, unit=people.unit(session))
    with pytest.raises(NotAllowed):
        invitations.invite(session, party, elsewhere)


@pytest.fixture
def party_and_clerk(session: Session, clerk: User) -> tuple[object, User]:
    """Return the respondent of an open case, and the clerk who handles it."""
    digest = session.scalars(select(ProcessVersion.digest).limit(1)).one()
    today, now = clock.today(), clock.now()
    case = Case(
        number="佛知快调〔2026〕1号",
        receipt_number="1",
        kind="mediation",
        state="filed",
        title="纠纷",
        unit_id=clerk.memberships[0].unit_id,
        received_on=today,
        opened_at=now - timedelta(days=1),
        first_filed_on=today,
        regime="order81",
        process_digest=digest,
        position="{}",
    )
    party = Party(case=case, organization=people.organization(session), role="respondent", place=1)
    session.add_all([case, party])
    session.commit()
    return party, clerk
