"""At the door: who somebody is, what they carry away as proof, and what is written down about it."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.domain import passwords
from app.domain.errors import NotFound, RuleBroken
from app.models import AccessLog, ApiToken, User
from app.queries import people
from app.services import throttling
from app.services.changing import changing
from app.services.throttling import TooMany

FAILURES = 5  # of one account, before it is locked (GB/T 22239-2019, 8.1.4.1 b: failed logins are limited)
LOCKED_MINUTES = 15
ADDRESS_FAILURES = 50  # of one address in a quarter of an hour: an office shares one
ADDRESS_MINUTES = 15
TOKEN_HOURS = 12
WRONG = "用户名或密码不正确"
LOCKED = "登录失败次数过多，请 %(n)s 分钟后再试"

# A password that somebody else handed out counts as chosen at this moment: it has to be changed first.
NOT_CHOSEN = datetime(1970, 1, 1, tzinfo=UTC)


def note(
    session: Session, kind: str, *, user: User | None = None, username: str = "", address: str = "", **detail: Any
) -> None:
    """Write down what happened at the door or to somebody's rights (GB/T 22239-2019, 8.1.4.3)."""
    session.add(
        AccessLog(
            at=clock.now(),
            kind=kind,
            user_id=user.id if user else None,
            username=(user.username if user else username)[:64],
            address=address[:64],
            detail=detail,
        )
    )


def username_of(text: str) -> str:
    """Return a user name in its one form, however the keyboard was set."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def authenticate(session: Session, username: str, password: str, address: str) -> User:
    """Return the person with this name and password; whoever it is, wrong is wrong in the same words and time.

    The try is counted and committed before the password is looked at, a failure before it is refused: neither may be
    undone by the refusal, and no lock on the database is held while the password is worked out.
    """
    name = username_of(username)
    with changing(session):
        nth = _count(session, name, address)
        found = session.execute(select(User.id, User.password_hash).where(User.username == name, User.active)).first()
    if nth > FAILURES:
        with changing(session):
            note(session, "locked_out", username=name, address=address)
        raise TooMany(LOCKED, n=LOCKED_MINUTES)
    if not passwords.verify_password(found.password_hash if found else None, password):
        raise _failed(session, name, address, nth)
    if found is None:
        raise _failed(session, name, address, nth)
    return _let_in(session, found.id, password, address)


def _count(session: Session, name: str, address: str) -> int:
    """Count the try for the address and the account; return which one it is of the account's row of failures."""
    throttling.count(session, f"login:{address}", limit=ADDRESS_FAILURES, seconds=ADDRESS_MINUTES * 60)
    if throttling.is_locked(session, throttling.keyed("locked", name)):
        return FAILURES + 1
    return throttling.add(session, throttling.keyed("account", name), throttling.DAY)


def _failed(session: Session, name: str, address: str, nth: int) -> RuleBroken:
    """Write down a failure, lock the account after the last one allowed, and return the refusal."""
    with changing(session):
        user = session.scalar(select(User).where(User.username == name))
        note(session, "login_failed", user=user, username=name, address=address, nth=nth)
        if nth < FAILURES:
            return RuleBroken(WRONG)
        throttling.lock(session, throttling.keyed("locked", name), LOCKED_MINUTES)
        throttling.forget(session, throttling.keyed("account", name))
        note(session, "locked", user=user, username=name, address=address)
    return TooMany(LOCKED, n=LOCKED_MINUTES)


def _let_in(session: Session, user_id: int, password: str, address: str) -> User:
    user = session.get_one(User, user_id)
    throttling.forget(session, throttling.keyed("account", user.username))
    throttling.give_back(session, f"login:{address}", ADDRESS_MINUTES)
    if passwords.needs_rehash(user.password_hash):
        user.password_hash = passwords.hash_password(password)
    note(session, "login", user=user, address=address)
    return user


def must_choose_password(user: User) -> bool:
    """Say whether the password was handed out by somebody else, so that the person has to choose their own first."""
    return user.password_changed_at == NOT_CHOSEN


def logged_out(session: Session, *, by: User, address: str) -> None:
    """Write down that a person left."""
    note(session, "logout", user=by, address=address)


# -- tokens of the API -------------------------------------------------------------------------------------------------


def issue_token(session: Session, user: User) -> tuple[str, datetime]:
    """Return a new bearer token and until when it is good; only its digest is kept."""
    if must_choose_password(user):
        raise RuleBroken("请先登录网站，把初始密码改为自己的密码")
    token = secrets.token_urlsafe(32)
    now = clock.now()
    row = ApiToken(
        user_id=user.id,
        digest=_digest(token),
        session_epoch=user.session_epoch,
        created_at=now,
        expires_at=now + timedelta(hours=TOKEN_HOURS),
    )
    session.add(row)
    note(session, "token_issued", user=user)
    return token, row.expires_at


def user_of_token(session: Session, token: str) -> User | None:
    """Return the owner of a token with their powers, in one statement; ``None`` where it is not good (any more)."""
    owner = (
        select(User)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.digest == _digest(token),
            ApiToken.expires_at > clock.now(),
            ApiToken.session_epoch == User.session_epoch,
            User.active,
        )
    )
    return session.scalars(owner.options(*people.with_powers())).unique().one_or_none()


def revoke_token(session: Session, token_id: int, *, by: User) -> None:
    """End one token of one's own."""
    row = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == by.id))
    if row is None:
        raise NotFound("token")
    session.delete(row)
    note(session, "token_revoked", user=by)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


# -- sessions and passwords --------------------------------------------------------------------------------------------


def end_sessions(session: Session, user: User) -> None:
    """End every session and token of a person, wherever they are."""
    user.session_epoch += 1
    session.execute(delete(ApiToken).where(ApiToken.user_id == user.id))


def log_out_everywhere(session: Session, *, by: User, address: str = "") -> None:
    """End all one's own sessions and tokens."""
    end_sessions(session, by)
    note(session, "sessions_ended", user=by, address=address)


def change_password(session: Session, *, old: str, new: str, by: User, address: str = "") -> None:
    """Choose a new password; the old one is asked, and every session and token ends."""
    throttling.count(session, f"password:{by.id}", limit=FAILURES, seconds=LOCKED_MINUTES * 60)
    if not passwords.verify_password(by.password_hash, old):
        raise RuleBroken("原密码不正确", field="old")
    passwords.check_password(new, by.username)
    if passwords.verify_password(by.password_hash, new):
        raise RuleBroken("新密码不能与原密码相同", field="password")
    throttling.forget(session, f"password:{by.id}")
    by.password_hash = passwords.hash_password(new)
    by.password_changed_at = clock.now()
    end_sessions(session, by)
    note(session, "password_changed", user=by, address=address)
