"""Ways out of the house: e-mail over SMTP, SMS through a gateway. Chosen once, when the application starts."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.domain.masking import mask_phone
from config import ConfigError

log = logging.getLogger(__name__)

CONNECTS = 8  # seconds; a mail server that takes longer to say that it is there counts as dead
ANSWERS = 20  # seconds; so long it may think about a mail


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail: ``message_id`` is the same at every try, so that a receiver recognises a copy."""

    to: str
    subject: str
    body: str
    html: str
    message_id: str


class Mailer(Protocol):
    """Sends one e-mail, or raises."""

    def send(self, mail: Mail) -> None:
        """Hand ``mail`` over to the mail server; raises ``OSError`` or ``smtplib.SMTPException``."""


class SmsGateway(Protocol):
    """Sends one text message, or raises."""

    def send(self, number: str, text: str, reference: str) -> None:
        """Hand ``text`` over for ``number``; ``reference`` is the same at every try."""


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """E-mail over ``smtp://`` (a relay of our own), ``smtp+starttls://`` or ``smtps://``; no password without TLS."""

    url: str
    sender: str

    def send(self, mail: Mail) -> None:
        """Send one e-mail over a connection of its own."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.sender, mail.to, mail.subject
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answer, please
        message.set_content(mail.body)
        message.add_alternative(mail.html, subtype="html")
        with self._connected() as server:
            server.send_message(message)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.url)
        host, context = parts.hostname or "localhost", ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(host, parts.port or 465, timeout=CONNECTS, context=context)
            if parts.scheme == "smtps"
            else smtplib.SMTP(host, parts.port or 25, timeout=CONNECTS)
        ) as server:
            if server.sock is not None:
                server.sock.settimeout(ANSWERS)
            if parts.scheme == "smtp+starttls" or (parts.username and parts.scheme == "smtp"):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server


@dataclass(slots=True)
class NullMailer:
    """Keeps what would have been sent; for tests."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        """Remember ``mail``."""
        self.sent.append(mail)


class LogGateway:
    """Writes a line into the log instead of sending: the way without a contract with an SMS provider."""

    def send(self, number: str, text: str, reference: str) -> None:
        """Log that a message would have gone out; neither the number nor the text is readable there."""
        log.info("SMS %s to %s, %s characters", reference, mask_phone(number), len(text))


GATEWAYS: dict[str, type[SmsGateway]] = {"log": LogGateway}

_mailer: Mailer | None = None
_sms: SmsGateway = LogGateway()


def use(mailer: Mailer | None, sms: SmsGateway | None = None) -> None:
    """Choose how messages leave the house; without a mailer, e-mail waits in the outbox."""
    global _mailer, _sms
    _mailer = mailer
    _sms = sms or LogGateway()


def set_up(smtp_url: str, sender: str, gateway: str) -> None:
    """Choose by name, as the configuration says; an empty ``smtp_url`` lets e-mail wait."""
    if gateway not in GATEWAYS:
        raise ConfigError(f"无法启动：不认识的短信网关 {gateway}。Cannot start: unknown SMS gateway {gateway}.")
    use(SmtpMailer(smtp_url, sender) if smtp_url else None, GATEWAYS[gateway]())


def mailer() -> Mailer | None:
    """Return what sends e-mail, or ``None`` where it waits."""
    return _mailer


def sms_gateway() -> SmsGateway:
    """Return what sends text messages."""
    return _sms
