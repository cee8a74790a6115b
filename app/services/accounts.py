"""Login, tokens, sign-up and the access log."""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock, notifications
from app.domain import identifiers, passwords
from app.domain.errors import NotFound, RuleBroken
from app.domain.masking import mask_name
from app.domain.roles import Role
from app.models import AccessLog, ApiToken, EndedSession, Membership, Organization, Party, User
from app.queries import people
from app.services import throttling, writing
from app.services.changing import changing
from app.services.organizations import known_or_entered
from app.services.throttling import TooMany

FAILURES = 5  # of one account, before it is locked (GB/T 22239-2019, 8.1.4.1 b: failed logins are limited)
LOCKED_MINUTES = 15
ADDRESS_FAILURES = 50  # of one address in a quarter of an hour: an office shares one
ADDRESS_MINUTES = 15
PATIENCE_SECONDS = 5  # to wait for another login of the same account
LONGEST_NAME = 64
TOKEN_HOURS = 12
WRONG = "用户名或密码不正确"
TAKEN_NAME = "这个用户名已被使用，请换一个"
TAKEN_BODY = "已有人代表该单位或者个人注册，请与本单位同事联系，或者到受理窗口核对"
LOCKED = "登录失败次数过多，请 %(n)s 分钟后再试"

PRIVACY_NOTICE = "2026-1"  # the version of the notice that a newcomer accepts (PIPL art. 17)

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
    note(session, kind, user=user, username=mask_name(name), address=address)


def _let_in(session: Session, user_id: int, password: str, address: str) -> User:
    user = session.get_one(User, user_id)
    throttling.give_back(session, f"login:{address}", ADDRESS_MINUTES)
    throttling.forget(session, throttling.keyed("account", user.username))
    throttling.forget(session, throttling.keyed("turn", user.username))
    if passwords.needs_rehash(user.password_hash):
        user.password_hash = passwords.hash_password(password)
    # whoever has a second factor is not in yet
    note(
        session, "password_right" if people.has_second_factor(session, user.id) else "login", user=user, address=address
    )
    return user


def must_choose_password(user: User) -> bool:
    """Say whether the password was handed out by somebody else, so that the person has to choose their own first."""
    return user.password_changed_at == NOT_CHOSEN


def log_out(session: Session, mark: str, *, by: User, address: str) -> None:
    """End the session with this mark, also for whoever has a copy of its cookie."""
    writing.insert_missing(session, EndedSession, mark=mark, ended_at=clock.now())
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
        digest=digest(token),
        session_epoch=user.session_epoch,
        created_at=now,
        expires_at=now + timedelta(hours=TOKEN_HOURS),
    )
    session.add(row)
    note(session, "token_issued", user=user)
    return token, row.expires_at


def is_token(session: Session, token: str) -> bool:
    """Say whether there is such a token, and still good by its own time; whose it is, ``user_of_token`` tells."""
    good = exists().where(ApiToken.digest == digest(token), ApiToken.expires_at > clock.now())
    return bool(session.scalar(select(good)))


def user_of_token(session: Session, token: str) -> User | None:
    """Return the owner of a token with their powers, or ``None`` where it is not good (any more)."""
    return people.owner(session, digest(token))


def revoke_token(session: Session, token_id: int, *, by: User) -> None:
    """End one token of one's own."""
    row = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == by.id))
    if row is None:
        raise NotFound("token")
    session.delete(row)
    note(session, "token_revoked", user=by)


def digest(secret: str) -> str:
    """Return what is kept of a secret that is shown once."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def end_sessions(session: Session, user: User) -> None:
    """End every session and token of a person, wherever they are."""
    user.session_epoch += 1
    session.execute(delete(ApiToken).where(ApiToken.user_id == user.id))


# -- coming in ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who signs up: their name, how they are reached, and the name and password they chose."""

    username: str
    password: str
    name: str
    email: str
    phone: str
    language: str = "zh_CN"


@dataclass(frozen=True, kw_only=True)
class Represented:
    """For whom they sign up: an organisation with its code, or themselves with their resident number."""

    kind: str
    name: str
    uscc: str = ""
    resident_id: str = ""
    legal_representative: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


def sign_up(session: Session, who: Newcomer, body: Represented, *, address: str = "") -> User:
    """Return a new person who acts for an organisation, or for themselves; they accepted the privacy notice.

    An organisation that is known and that no open account acts for is the same one, and what it says of itself holds. It is
    not verified by that: a code or a number is no secret, and whoever knows one must not read the case in which it was
    named. The answer is the same whether or not there is such a case.
    """
    organization = _organization(session, body)
    user = new_person(session, who, organization)
    note_arrival(session, user, organization, address)
    return user


def _organization(session: Session, body: Represented) -> Organization:
    individual = body.kind == "individual"
    number = identifiers.resident_id(body.resident_id) if individual else identifiers.uscc(body.uscc)
    said = {name: getattr(body, name) for name in ("legal_representative", "address", "phone", "email")}
    organization, new = known_or_entered(
        session,
        {"resident_id" if individual else "uscc": number},
        kind=body.kind,
        name=body.name,
        **said,
    )
    if new:
        return organization
    session.refresh(organization, with_for_update=True)  # one after the other: the second sees whom the first let in
    _refuse_taken_body(session, organization, "resident_id" if individual else "uscc")
    _let_go(session, organization)
    organization.verified = False  # it was before these people came
    organization.name = organization.name or body.name  # the cases that name it go on under the name they have
    for name, value in said.items():
        setattr(organization, name, value)
    return organization


def _refuse_taken_body(session: Session, organization: Organization, field: str) -> None:
    """Raise ``RuleBroken`` where somebody with an open account acts for a known organisation."""
    acting = select(Membership.id).join(Membership.user).where(Membership.organization_id == organization.id)
    if session.scalar(acting.where(User.active).limit(1)):
        raise RuleBroken(TAKEN_BODY, field=field)


def _let_go(session: Session, organization: Organization) -> None:
    """Take the organisation from accounts that are closed, whose people may have been anybody.

    Whoever comes after them has not filed what they filed, and sees it when they have proven who they are.
    """
    closed = delete(Membership).where(Membership.organization_id == organization.id).returning(Membership.user_id)
    for user_id in session.scalars(closed).all():
        note(session, "role_taken", of=user_id, role=Role.APPLICANT, organization=organization.id)
    filed = update(Party).where(Party.organization_id == organization.id, Party.files_itself)
    session.execute(filed.values(files_itself=False))


def new_person(session: Session, who: Newcomer, organization: Organization | None) -> User:
    """Return a new person who acts for ``organization``; for ``None``, as somebody's agent only."""
    username = username_of(who.username)
    passwords.check_password(who.password, username)
    refuse_taken(session, username)
    now = clock.now()
    user = User(
        username=username,
        name=who.name,
        password_hash=passwords.hash_password(who.password),
        email=who.email,
        phone=who.phone or None,
        language=who.language,
        session_epoch=0,
        password_changed_at=now,
        created_at=now,
        memberships=[Membership(role=Role.APPLICANT, organization=organization)] if organization else [],
    )
    session.add(user)
    flush_new(session)
    return user


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


def note_arrival(session: Session, user: User, organization: Organization | None, address: str) -> None:
    """Write down that somebody came and accepted the privacy notice, and welcome them."""
    note(session, "signed_up", user=user, address=address, organization=organization.id if organization else None)
    note(session, "privacy_accepted", user=user, address=address, version=PRIVACY_NOTICE)
    notifications.account_welcome(session, user)
