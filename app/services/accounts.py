"""Accounts: who somebody is by name and password, and when a session of theirs ends."""

from __future__ import annotations

import time
import unicodedata
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.domain import passwords
from app.domain.errors import RuleBroken
from app.domain.masking import mask_name
from app.models import ApiToken, CalendarFeed, EndedSession, User
from app.queries import people
from app.services import access_log, throttling, writing
from app.services.changing import changing
from app.services.throttling import TooMany

FAILURES = 5  # of one account, before it is locked (GB/T 22239-2019, 8.1.4.1 b: failed logins are limited)
LOCKED_MINUTES = 15
ADDRESS_FAILURES = 50  # of one address in a quarter of an hour: an office shares one
ADDRESS_MINUTES = 15
PATIENCE_SECONDS = 5  # to wait for another login of the same account
LONGEST_NAME = 64
WRONG = "用户名或密码不正确"
TAKEN_NAME = "这个用户名已被使用，请换一个"
TAKEN_BODY = "已有人代表该单位或者个人注册，请与本单位同事联系，或者到受理窗口核对"
LOCKED = "登录失败次数过多，请 %(n)s 分钟后再试"

# A password that somebody else handed out counts as chosen at this moment: it has to be changed first.
NOT_CHOSEN = datetime(1970, 1, 1, tzinfo=UTC)


def username_of(text: str) -> str:
    """Return a user name in its one form, however the keyboard was set; an empty text where nobody can have it."""
    name = unicodedata.normalize("NFKC", text).strip().lower()
    return name if name.isprintable() and len(name) <= LONGEST_NAME else ""


def authenticate(session: Session, username: str, password: str, address: str) -> User:
    """Return the person with this name and password; whoever it is, wrong is wrong in the same words and time.

    One password of an account is looked at after the other, so that only failures count and no two tries at once get
    around the limit. Each part is committed by itself: a failure is not undone by its refusal, and no lock on the
    database is held while the password is worked out.
    """
    name = username_of(username)
    if not _may_try(session, name, address):
        with changing(session):
            _note_failure(session, "locked_out", name, address)
        raise TooMany(LOCKED, n=LOCKED_MINUTES)
    with changing(session):
        found = session.execute(select(User.id, User.password_hash).where(User.username == name, User.active)).first()
    right = passwords.verify_password(found.password_hash if found else None, password)
    if found is None or not right:
        raise _failed(session, name, address)
    with changing(session):
        return _let_in(session, found.id, password, address)


def _may_try(session: Session, name: str, address: str) -> bool:
    """Count the try for its address and wait for a turn with the account; ``False`` where it is locked."""
    with changing(session):
        throttling.count(session, f"login:{address}", limit=ADDRESS_FAILURES, seconds=ADDRESS_MINUTES * 60)
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience:
        with changing(session):
            mine = throttling.take_turn(session, throttling.keyed("turn", name))
            # asked after the turn was taken: whoever had it before may have locked the account
            locked = throttling.is_locked(session, throttling.keyed("locked", name))
            if locked and mine:
                throttling.forget(session, throttling.keyed("turn", name))
        if mine or locked:
            return not locked
        time.sleep(0.02)
    raise TooMany(throttling.TOO_OFTEN, n=1)


def _failed(session: Session, name: str, address: str) -> RuleBroken:
    """Count a failure and write it down, lock the account after the last one allowed, and return the refusal."""
    account = throttling.keyed("account", name)
    with changing(session):
        _note_failure(session, "login_failed", name, address)
        last = throttling.add(session, account, throttling.DAY) >= FAILURES
        if last:
            throttling.forget(session, account)
            throttling.lock(session, throttling.keyed("locked", name), LOCKED_MINUTES)
            _note_failure(session, "locked", name, address)
        throttling.forget(session, throttling.keyed("turn", name))
    return TooMany(LOCKED, n=LOCKED_MINUTES) if last else RuleBroken(WRONG)


def _note_failure(session: Session, kind: str, name: str, address: str) -> None:
    user = session.scalar(select(User).where(User.username == name))
    # a stranger's name is hidden: people type their password into the wrong box
    access_log.record(session, kind, user=user, username=mask_name(name), address=address)


def _let_in(session: Session, user_id: int, password: str, address: str) -> User:
    user = session.get_one(User, user_id)
    throttling.give_back(session, f"login:{address}", ADDRESS_MINUTES)
    throttling.forget(session, throttling.keyed("account", user.username))
    throttling.forget(session, throttling.keyed("turn", user.username))
    if passwords.needs_rehash(user.password_hash):
        user.password_hash = passwords.hash_password(password)
    # whoever has a second factor is not in yet
    access_log.record(
        session, "password_right" if people.has_second_factor(session, user.id) else "login", user=user, address=address
    )
    return user


def must_choose_password(user: User) -> bool:
    """Say whether the password was handed out by somebody else, so that the person has to choose their own first."""
    return user.password_changed_at == NOT_CHOSEN


def log_out(session: Session, mark: str, *, by: User, address: str) -> None:
    """End the session with this mark, also for whoever has a copy of its cookie."""
    writing.insert_missing(session, EndedSession, mark=mark, ended_at=clock.now())
    access_log.record(session, "logout", user=by, address=address)


def end_sessions(session: Session, user: User) -> None:
    """End every session, token and calendar feed of a person, wherever they are."""
    user.session_epoch += 1
    for secret in (ApiToken, CalendarFeed):
        session.execute(delete(secret).where(secret.user_id == user.id))


def refuse_taken(session: Session, username: str) -> None:
    """Raise ``RuleBroken`` where somebody has this user name already."""
    if session.scalar(select(User.id).where(User.username == username)):
        raise RuleBroken(TAKEN_NAME, field="username")


def flush_new(session: Session) -> None:
    """Write a new person, so that what follows can name them; who was a moment late is told so."""
    try:
        session.flush()
    except IntegrityError as error:
        named = "username" in str(error.orig)
        raise RuleBroken(TAKEN_NAME if named else TAKEN_BODY, field="username" if named else None) from error
