"""A second factor at the door: six digits that change every half minute, or a recovery code (GB/T 22239-2019, 8.1.4.1)."""

from __future__ import annotations

import hmac

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import codes, passwords
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.models import RecoveryCode, SecondFactor, User
from app.services import access_log, throttling
from app.services.accounts import FAILURES, LOCKED_MINUTES, end_sessions
from app.services.changing import changing

ISSUER = "Peiyou"
STEP_SECONDS = 30  # RFC 6238
CODES = 10
CODE_LENGTH = 16
WRONG = "验证码不正确或者已经用过"

_required: frozenset[str] = frozenset()


def require_of(roles: frozenset[str]) -> None:
    """Say whose roles need a second factor in this installation."""
    global _required
    _required = roles


def is_required(user: User) -> bool:
    """Say whether this person may not go without a second factor."""
    return bool(user.roles & _required)


def of(session: Session, user: User) -> SecondFactor | None:
    """Return the second factor of a person, also one that they have not confirmed yet."""
    return session.get(SecondFactor, user.id)


def is_on(session: Session, user: User) -> bool:
    """Say whether this person is asked for a second factor."""
    row = of(session, user)
    return row is not None and row.since is not None


def must_enrol(session: Session, user: User) -> bool:
    """Say whether this person has to set up a second factor before anything else."""
    return is_required(user) and not is_on(session, user)


def codes_left(session: Session, user: User) -> int:
    """Return how many recovery codes have not been used."""
    left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user.id)
    return session.scalar(left) or 0


def address_of(row: SecondFactor, user: User) -> str:
    """Return what a phone reads from the picture: whose secret it is, and the secret."""
    return pyotp.TOTP(row.secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


# -- setting it up -----------------------------------------------------------------------------------------------------


def begin(session: Session, *, by: User) -> None:
    """Make a secret for somebody who has none in use; an earlier one that was not confirmed is worth nothing any more."""
    if is_on(session, by):
        raise Stale("两步验证已经启用")
    forget(session, by)
    session.add(SecondFactor(user_id=by.id, secret=pyotp.random_base32(), last_step=0))


def confirm(session: Session, code: str, *, by: User, address: str = "") -> list[str]:
    """Put the secret to use, now that the phone is known to have it; return the recovery codes, shown once.

    Sessions and tokens that were got with the password alone end.
    """
    row = of(session, by)
    if row is None or row.since is not None:
        raise Stale("请重新开始设置两步验证")
    _count(session, by)
    if not _digits_fit(session, by, codes.read(code)):
        raise _failed(session, by, address)
    row.since = clock.now()
    throttling.forget(session, bucket(by))
    end_sessions(session, by)
    access_log.record(session, "second_factor_on", user=by, address=address)
    return _new_codes(session, by)


def renew_codes(session: Session, code: str, *, by: User, address: str = "") -> list[str]:
    """Return new recovery codes, shown once; the old ones are worth nothing any more."""
    check(session, by, code, address=address)
    access_log.record(session, "recovery_codes_renewed", user=by, address=address)
    return _new_codes(session, by)


def end(session: Session, code: str, *, by: User, address: str = "") -> None:
    """Go without a second factor again, where the role allows it."""
    if is_required(by):
        raise NotAllowed("您的角色必须使用两步验证")
    check(session, by, code, address=address)
    forget(session, by)
    access_log.record(session, "second_factor_off", user=by, address=address)


def reset(session: Session, user: User, *, reason: str, by: User, address: str = "") -> None:
    """Take the second factor from somebody who has lost phone and codes; they have to log in and set it up anew."""
    if not policy.may(by, "people.manage"):
        raise NotAllowed("只有系统管理员可以管理人员")
    if not reason.strip():
        raise RuleBroken("请写明理由", field="reason")
    if not is_on(session, user):
        raise RuleBroken("这个账号没有启用两步验证")
    forget(session, user)
    throttling.forget(session, bucket(user))
    end_sessions(session, user)
    access_log.record(session, "second_factor_reset", user=by, address=address, of=user.id, reason=reason.strip()[:500])


def forget(session: Session, user: User) -> None:
    """Take away secret and recovery codes."""
    for table in (RecoveryCode, SecondFactor):
        session.execute(delete(table).where(table.user_id == user.id))


def _new_codes(session: Session, user: User) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    made = [codes.new(CODE_LENGTH) for _ in range(CODES)]
    session.add_all(RecoveryCode(user_id=user.id, digest=passwords.digest(code)) for code in made)
    return [codes.shown(code) for code in made]


# -- at the door -------------------------------------------------------------------------------------------------------


def let_in(session: Session, user: User, code: str, *, address: str) -> None:
    """Let somebody in whose password was right, with the second factor."""
    check(session, user, code, address=address)
    access_log.record(session, "login", user=user, address=address, second_factor=True)


def for_token(session: Session, user: User, code: str, *, address: str) -> None:
    """Ask for the second factor where a token of the API is wanted; a password alone must not open a second door."""
    if must_enrol(session, user):
        raise RuleBroken("请先登录网站，设置两步验证")
    if is_on(session, user):
        if not code:
            raise RuleBroken("请同时提供验证码", field="code")
        let_in(session, user, code, address=address)


def check(session: Session, user: User, code: str, *, address: str) -> None:
    """Take digits or a recovery code of this person, once; raise ``RuleBroken`` for a wrong one, ``TooMany`` after five.

    The try is committed by itself, so that a refusal does not undo it.
    """
    if not is_on(session, user):
        raise NotFound("second factor")
    _count(session, user)
    text = codes.read(code)
    if _digits_fit(session, user, text):
        throttling.forget(session, bucket(user))
    elif _recovered(session, user, text):
        throttling.forget(session, bucket(user))
        access_log.record(session, "recovery_code_used", user=user, address=address, left=codes_left(session, user))
    else:
        raise _failed(session, user, address)


def bucket(user: User) -> str:
    """Return under what the tries of this person are counted."""
    return f"second_factor:{user.id}"


def _count(session: Session, user: User) -> None:
    with changing(session):
        throttling.count(session, bucket(user), limit=FAILURES, seconds=LOCKED_MINUTES * 60)


def _failed(session: Session, user: User, address: str) -> RuleBroken:
    with changing(session):
        access_log.record(session, "second_factor_failed", user=user, address=address)
    return RuleBroken(WRONG, field="code")


def _digits_fit(session: Session, user: User, text: str) -> bool:
    """Say whether these are the digits of now, or of the half minute before or after, and use them up."""
    row = of(session, user)
    assert row is not None
    now, secret = clock.wall() // STEP_SECONDS, pyotp.TOTP(row.secret)
    typed = text.encode("utf-8", "surrogatepass")
    fitting = [n for n in (now - 1, now, now + 1) if hmac.compare_digest(secret.generate_otp(n).encode(), typed)]
    if not fitting:
        return False
    used_up = (
        update(SecondFactor)
        .where(SecondFactor.user_id == user.id, SecondFactor.last_step < fitting[-1])
        .values(last_step=fitting[-1])
        .returning(SecondFactor.user_id)
    )
    return session.scalar(used_up) is not None


def _recovered(session: Session, user: User, text: str) -> bool:
    """Say whether this is a recovery code of this person, and use it up."""
    mine = delete(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.digest == passwords.digest(text))
    return session.scalar(mine.returning(RecoveryCode.id)) is not None
