from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from app import notifications
from app.notifications import channels
from config import ConfigError
from tests.notifications.mailserver import Sink, mail_server
from tests.notifications.test_templates import NASTY, message


@pytest.fixture
def sink() -> Iterator[Sink]:
    """Return a mail server."""
    with mail_server() as running:
        yield running


def mail(word: str = "电热水壶", to: str = "wang@example.cn") -> notifications.Mail:
    row = message("task_opened", word)
    parts = [notifications.render(row, p, "zh_CN", public_url="https://h") for p in ("subject", "body", "html")]
    return notifications.Mail(to, *parts, "<peiyou-7@h>")


def test_an_email_arrives_as_text_and_as_a_page(sink: Sink) -> None:
    notifications.SmtpMailer(sink.address, "office@example.cn").send(mail())
    [got] = sink.mails
    assert got["Subject"] == "待办：电热水壶（P-2026-1）"
    assert got["From"] == "office@example.cn"
    assert got["Message-ID"] == "<peiyou-7@h>"
    assert got["Auto-Submitted"] == "auto-generated"
    text, page = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "https://h/tasks/7" in text.get_content()
    assert '<a href="https://h/tasks/7">' in page.get_content()


def test_a_title_with_line_breaks_adds_no_header_and_no_receiver(sink: Sink) -> None:
    notifications.SmtpMailer(sink.address, "office@example.cn").send(mail(NASTY))
    [got] = sink.mails
    assert got["Bcc"] is None
    assert sink.to == [["wang@example.cn"]]


def test_an_address_with_line_breaks_is_refused(sink: Sink) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        notifications.SmtpMailer(sink.address, "office@example.cn").send(mail(to="a@example.cn\r\nBcc: b@example.cn"))
    assert sink.mails == []


def test_a_dead_server_is_an_error_that_the_outbox_knows() -> None:
    with pytest.raises(OSError, match="refused"):
        notifications.SmtpMailer("smtp://127.0.0.1:1", "office@example.cn").send(mail())


def test_a_password_is_not_sent_without_encryption(sink: Sink) -> None:
    with pytest.raises(OSError, match="STARTTLS"):
        notifications.SmtpMailer(sink.address.replace("//", "//me:secret@"), "office@example.cn").send(mail())
    assert sink.mails == []


def test_the_log_shows_neither_number_nor_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="app.notifications.channels"):
        channels.LogGateway().send("13800138000", "您有一项待办", "peiyou-7")
    assert "138****8000" in caplog.text
    assert "13800138000" not in caplog.text
    assert "待办" not in caplog.text


def test_channels_are_chosen_by_name() -> None:
    notifications.set_up("smtp://127.0.0.1", "office@example.cn", "log")
    assert isinstance(notifications.mailer(), notifications.SmtpMailer)
    notifications.set_up("", "office@example.cn", "log")
    assert notifications.mailer() is None
    with pytest.raises(ConfigError, match="pigeon"):
        notifications.set_up("", "office@example.cn", "pigeon")
