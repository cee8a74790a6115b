"""Tokens of the API: whose they are, and when they end."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotFound, RuleBroken
from app.domain.roles import Role
from app.models import ApiToken, Substitute, User, db
from app.services import accounts, tokens
from tests.conftest import Today
from tests.factories import people


def test_a_token_is_its_owner_with_all_powers_in_one_statement_and_one_for_standing_in(
    session: Session, clerk: User, today: Today
) -> None:
    unit = clerk.memberships[0].unit
    absent = people.person(session, Role.INTAKE_CLERK, unit=unit)
    for first, last in ((date(2026, 3, 1), date(2026, 3, 5)), (date(2026, 4, 1), date(2026, 4, 5))):
        session.add(Substitute(user=absent, deputy=clerk, first=first, last=last, created_at=clock.now()))
    token, _ = tokens.issue(session, clerk)
    clerk_id = clerk.id
    session.commit()
    session.expunge_all()
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2].partition(" ")[0]))
    user = tokens.owner(session, token)
    assert user is not None and user.id == clerk_id
    assert user.has_role(Role.INTAKE_CLERK)
    assert [s.user.roles for s in user.standing_in] == [{Role.INTAKE_CLERK}]
    assert statements == ["BEGIN", "SELECT", "SELECT"]
    session.rollback()
    statements.clear()
    today.moves(days=40)  # nobody is absent any more
    other = session.get_one(User, clerk_id)
    token, _ = tokens.issue(session, other)
    session.commit()
    session.expunge_all()
    statements.clear()
    user = tokens.owner(session, token)
    assert user is not None and user.standing_in == []
    assert statements == ["BEGIN", "SELECT"]


def test_only_the_digest_of_a_token_is_kept(session: Session, clerk: User) -> None:
    token, _ = tokens.issue(session, clerk)
    session.flush()  # the row is read
    assert token not in str(session.execute(select(ApiToken.digest)).scalar_one())
    assert len(token) >= 43


def test_a_token_ends_after_twelve_hours(session: Session, clerk: User, today: Today) -> None:
    token, until = tokens.issue(session, clerk)
    session.commit()
    assert until == session.scalar(select(ApiToken.expires_at))
    today.moves(hours=11)
    assert tokens.owner(session, token) is not None
    today.moves(hours=1, seconds=1)
    assert tokens.owner(session, token) is None


def test_a_token_ends_with_the_sessions_and_with_the_account(session: Session, clerk: User) -> None:
    for end in (lambda: accounts.end_sessions(session, clerk), lambda: setattr(clerk, "active", False)):
        token, _ = tokens.issue(session, clerk)
        session.commit()
        assert tokens.owner(session, token) is not None
        end()
        session.commit()
        assert tokens.owner(session, token) is None


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "a" * 5000])
def test_nonsense_is_nobodys_token(session: Session, token: str) -> None:
    assert tokens.owner(session, token) is None


def test_a_password_that_was_handed_out_gets_no_token(session: Session, clerk: User) -> None:
    clerk.password_changed_at = accounts.NOT_CHOSEN
    session.commit()
    with pytest.raises(RuleBroken, match="初始密码"):
        tokens.issue(session, clerk)


def test_nobody_revokes_the_token_of_somebody_else(session: Session, clerk: User) -> None:
    tokens.issue(session, clerk)
    session.flush()  # the row is named by its number
    token_id = session.scalars(select(ApiToken.id)).one()
    with pytest.raises(NotFound):
        tokens.revoke(session, token_id, by=people.person(session))
    tokens.revoke(session, token_id, by=clerk)
    session.flush()  # the row is gone
    assert session.scalar(select(ApiToken.id)) is None
