"""One's own account: how one is reached, the password, what has been declared."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import identifiers, passwords
from app.domain.errors import NotAllowed, NotFound, RuleBroken
from app.models import DeclaredRelation, Organization, User
from app.services import access_log, throttling
from app.services.accounts import FAILURES, LOCKED_MINUTES, end_sessions
from app.services.changing import changing

CHANNELS = ("in_app", "email", "sms", "queue_email")  # the last: by e-mail, too, what waits in a queue of theirs


def update(
    session: Session, *, email: str, phone: str, channels: Sequence[str], by: User, name: str = "", address: str = ""
) -> None:
    """Change how one is reached. An official's name is the administrator's to change: it stands in papers."""
    if {"email", "queue_email"} & set(channels) and not email:
        raise RuleBroken("要用电子邮件通知，请填写电子邮箱", field="email")
    if "sms" in channels and not phone:
        raise RuleBroken("要用短信通知，请填写手机号", field="phone")
    wanted: dict[str, object] = {
        "email": email,
        "phone": phone or None,
        "channels": ["in_app", *(c for c in CHANNELS[1:] if c in channels)],  # nobody goes without
    }
    if name and not by.is_official:
        wanted["name"] = name
    changed = [field for field, value in wanted.items() if getattr(by, field) != value]
    for field in changed:
        setattr(by, field, wanted[field])
    if changed:
        access_log.record(session, "profile_changed", user=by, address=address, fields=changed)


def choose_language(session: Session, language: str, *, by: User) -> None:
    """Remember the language a person reads."""
    by.language = language


def own_phone(session: Session, *, by: User, address: str = "") -> str:
    """Return one's own phone number in full; that it was shown stays on record."""
    access_log.record(session, "revealed", user=by, address=address, what="phone", of=by.id)
    return by.phone or ""


def change_password(session: Session, *, old: str, new: str, by: User, address: str = "") -> None:
    """Choose a new password; the old one is asked, and every session and token ends."""
    passwords.check_password(new, by.username)  # before the old one: what is wrong with the new one is no guess
    if passwords.same(new, old):
        raise RuleBroken("新密码不能与原密码相同", field="password")
    with changing(session):  # a wrong guess counts although it is refused
        throttling.count(session, f"password:{by.id}", limit=FAILURES, seconds=LOCKED_MINUTES * 60)
    if not passwords.verify_password(by.password_hash, old):
        raise RuleBroken("原密码不正确", field="old")
    throttling.forget(session, f"password:{by.id}")
    by.password_hash = passwords.hash_password(new)
    by.password_changed_at = clock.now()
    end_sessions(session, by)
    access_log.record(session, "password_changed", user=by, address=address)


def log_out_everywhere(session: Session, *, by: User, address: str = "") -> None:
    """End all one's own sessions and tokens."""
    end_sessions(session, by)
    access_log.record(session, "sessions_ended", user=by, address=address)


# -- relations that bar a mediator from a party's cases (order 81, art. 5) ---------------------------------------------


def declare_relation(session: Session, *, code: str, nature: str, by: User) -> DeclaredRelation:
    """Declare a relation to the organisation with this credit code or exact name; it bars from its cases at once."""
    if not policy.may(by, "relation.declare"):
        raise NotAllowed("只有调解员需要申报利害关系")
    organization = session.scalar(
        select(Organization).where(
            (Organization.uscc == identifiers.normalise(code)) | (Organization.name == code.strip())
        )
    )
    if organization is None:
        raise RuleBroken("系统中没有这个单位，请填写完整名称或者统一社会信用代码", field="code")
    known = select(DeclaredRelation.id).where(
        DeclaredRelation.user_id == by.id, DeclaredRelation.organization_id == organization.id
    )
    if session.scalar(known):
        raise RuleBroken("已经申报过与“%(name)s”的关系", field="code", name=organization.name)
    row = DeclaredRelation(user_id=by.id, organization=organization, nature=nature, declared_at=clock.now())
    session.add(row)
    access_log.record(session, "relation_declared", user=by, organization=organization.id)
    return row


def withdraw_relation(session: Session, relation_id: int, *, by: User) -> None:
    """Take back a declared relation of one's own; that it stood there stays on record."""
    row = session.scalar(
        select(DeclaredRelation).where(DeclaredRelation.id == relation_id, DeclaredRelation.user_id == by.id)
    )
    if row is None:
        raise NotFound("relation")
    access_log.record(session, "relation_withdrawn", user=by, organization=row.organization_id, nature=row.nature)
    session.delete(row)
