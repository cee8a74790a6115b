"""Tokens of the API: a secret that carries its owner's rights for some hours; only its digest is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock
from app.domain import passwords
from app.domain.errors import NotFound, RuleBroken
from app.models import ApiToken, User
from app.queries import people
from app.services import access_log, accounts

TOKEN_HOURS = 12


def issue(session: Session, user: User) -> tuple[str, datetime]:
    """Return a new bearer token and until when it is good; only its digest is kept."""
    if accounts.must_choose_password(user):
        raise RuleBroken("请先登录网站，把初始密码改为自己的密码")
    token = secrets.token_urlsafe(32)
    now = clock.now()
    row = ApiToken(
        user_id=user.id,
        digest=passwords.digest(token),
        session_epoch=user.session_epoch,
        created_at=now,
        expires_at=now + timedelta(hours=TOKEN_HOURS),
    )
    session.add(row)
    access_log.record(session, "token_issued", user=user)
    return token, row.expires_at


def is_good(session: Session, token: str) -> bool:
    """Say whether there is such a token, and still good by its own time; whose it is, ``owner`` tells."""
    good = exists().where(ApiToken.digest == passwords.digest(token), ApiToken.expires_at > clock.now())
    return bool(session.scalar(select(good)))


def owner(session: Session, token: str) -> User | None:
    """Return the owner of a token with their powers, or ``None`` where it is not good (any more)."""
    return people.owner(session, passwords.digest(token))


def revoke(session: Session, token_id: int, *, by: User) -> None:
    """End one token of one's own."""
    row = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == by.id))
    if row is None:
        raise NotFound("token")
    session.delete(row)
    access_log.record(session, "token_revoked", user=by)
