"""E-mail and SMS that wait: claimed in one transaction, sent, noted in another, so that nothing is sent twice.

Only a job that is killed between the answer of the mail server and its own commit leaves a copy behind; the copy has
the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from app import clock, notifications
from app.jobs import incidents
from app.models import MessageOutbox, User
from app.queries import messages
from app.services.changing import changing
from app.services.looking import looking
from config import Config

log = logging.getLogger(__name__)

MOST_TRIES = 6
LEASE = timedelta(minutes=10)  # longer than any mail server takes: until then the message is in somebody's hands
REST = timedelta(minutes=1)  # so long a mail server that does not answer is left alone
LATER = timedelta(hours=1)  # without a mail server, look at the waiting e-mail so often
# The server answered and does not want this one message; anything else that is raised is about the server.
ABOUT_ONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)

_mail_rests_until: datetime | None = None


class Undeliverable(Exception):
    """The person cannot be reached over this channel any more; trying again would not help."""


def due(session: Session, limit: int) -> list[int]:
    """Return messages to send now. While the mail server does not answer, e-mail waits and costs nobody a try."""
    with looking(session):
        channels = ["sms"] if _mail_rests() else ["email", "sms"]
        return list(
            session.scalars(
                select(MessageOutbox.id)
                .where(MessageOutbox.next_try_at <= clock.now(), MessageOutbox.channel.in_(channels))
                .order_by(MessageOutbox.next_try_at, MessageOutbox.id)
                .limit(limit)
            )
        )


def _mail_rests() -> bool:
    return _mail_rests_until is not None and clock.now() < _mail_rests_until <= clock.now() + REST


def _mail_waits_until() -> datetime | None:
    """Return until when no e-mail goes out: there is no mail server, or it did not answer just now."""
    if notifications.mailer() is None:
        return clock.now() + LATER
    return _mail_rests_until if _mail_rests() else None


def do(session: Session, message_id: int, config: Config) -> bool:
    """Send one message; ``False`` where another job has it, where it has to wait, or where it failed."""
    claimed = _claimed(session, message_id)
    if claimed is None:
        return False
    tries, channel = claimed
    try:
        if tries > MOST_TRIES:
            raise Undeliverable("no try left")
        _packed(session, message_id, config)()
    except (OSError, Undeliverable) as error:
        log.warning("message %s was not delivered: %s: %s", message_id, type(error).__name__, error)
        if channel == "email" and isinstance(error, OSError) and not isinstance(error, ABOUT_ONE):
            _let_mail_rest()
        _failed(session, message_id, tries, error)
        return False
    except Exception as error:
        log.exception("message %s was not delivered", message_id)
        _failed(session, message_id, tries, error)
        return False
    _note(session, message_id, state="delivered", delivered_at=clock.now(), next_try_at=None, error="")
    return True


def _claimed(session: Session, message_id: int) -> tuple[int, str] | None:
    """Claim the message if it is still due; return which try this is, counted from one, and the channel."""
    free = (MessageOutbox.id == message_id) & (MessageOutbox.next_try_at <= clock.now())
    with changing(session):
        if (later := _mail_waits_until()) is not None:
            postponed = update(MessageOutbox).where(free, MessageOutbox.channel == "email")
            session.execute(postponed.values(next_try_at=later))
        row = session.execute(
            update(MessageOutbox)
            .where(free)
            .values(tries=MessageOutbox.tries + 1, next_try_at=clock.now() + LEASE)
            .returning(MessageOutbox.tries, MessageOutbox.channel)
        ).one_or_none()
        return (row.tries, row.channel) if row is not None else None


def _packed(session: Session, message_id: int, config: Config) -> Callable[[], None]:
    """Return what sends the message: everything is read and printed, and no transaction is open any more."""
    with looking(session):
        row = session.scalar(
            select(MessageOutbox).where(MessageOutbox.id == message_id).options(joinedload(MessageOutbox.user))
        )
        if row is None or (row.user is not None and not row.user.active):
            raise Undeliverable("the account is closed")
        if not messages.still_concerns(session, row):
            raise Undeliverable("the task no longer waits, or a conflict bars the person from the case")
        return _mail(row, config) if row.user is None or row.channel == "email" else _sms(row, row.user)


def _mail(row: MessageOutbox, config: Config) -> Callable[[], None]:
    mailer = notifications.mailer()
    reader = row.reader
    if mailer is None or not reader["email"]:
        raise Undeliverable("there is no way to send e-mail to this person")
    subject, body, html = (
        notifications.render(row, part, reader["language"], public_url=config.PUBLIC_URL)
        for part in ("subject", "body", "html")
    )
    host = urlsplit(config.PUBLIC_URL).hostname or "localhost"
    mail = notifications.Mail(reader["email"], subject, body, html, f"<peiyou-{row.id}@{host}>")
    return lambda: mailer.send(mail)


def _sms(row: MessageOutbox, user: User) -> Callable[[], None]:
    if not user.phone:
        raise Undeliverable("the person has no phone number any more")
    number, text, reference = user.phone, notifications.render(row, "sms", user.language), f"peiyou-{row.id}"
    return lambda: notifications.sms_gateway().send(number, text, reference)


def _let_mail_rest() -> None:
    global _mail_rests_until
    _mail_rests_until = clock.now() + REST


def _failed(session: Session, message_id: int, tries: int, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"[:500]
    if tries < MOST_TRIES and not isinstance(error, Undeliverable):
        _note(session, message_id, error=text, next_try_at=clock.now() + incidents.wait_after(tries))
        return
    _note(session, message_id, state="failed", error=text, next_try_at=None)
    if tries >= MOST_TRIES:
        incidents.remember(session, "deliver", error=text)


def _note(session: Session, message_id: int, **values: object) -> None:
    with changing(session):
        session.execute(update(MessageOutbox).where(MessageOutbox.id == message_id).values(**values))


def send_again(session: Session, **_by: object) -> None:
    """Let every message that was given up wait again: what an administrator's retry does."""
    session.execute(
        update(MessageOutbox)
        .where(MessageOutbox.state == "failed")
        .values(state="waiting", tries=0, next_try_at=clock.now())
    )
