from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, notifications
from app.jobs import outbox
from app.models import Incident, MessageOutbox, User, db
from app.services import attempts
from tests.conftest import Today
from tests.flows.office import Office
from tests.jobs.conftest import work


class DeadServer:
    """A mail server that does not answer."""

    def __init__(self) -> None:
        self.asked = 0

    def send(self, mail: notifications.Mail) -> None:
        self.asked += 1
        raise ConnectionRefusedError("nobody listens")


class Refusing:
    """A mail server that does not know one address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.sent: list[notifications.Mail] = []

    def send(self, mail: notifications.Mail) -> None:
        if mail.to == self.address:
            raise smtplib.SMTPRecipientsRefused({mail.to: (550, b"unknown")})
        self.sent.append(mail)


def emails() -> list[MessageOutbox]:
    db.session.rollback()
    return list(
        db.session.scalars(select(MessageOutbox).where(MessageOutbox.channel == "email").order_by(MessageOutbox.id))
    )


def one_email(office: Office) -> int:
    user = db.session.get_one(User, office.clerk.id)
    notifications.account_welcome(db.session(), user)
    db.session.commit()
    return emails()[-1].id


def test_each_email_is_sent_once_with_a_link(office: Office, mailbox: notifications.NullMailer) -> None:
    case = office.docketed()
    work(office)
    work(office)
    waiting = emails()
    assert {m.message_id for m in mailbox.sent} == {f"<peiyou-{row.id}@127.0.0.1>" for row in waiting}
    assert len(mailbox.sent) == len(waiting)
    assert all(row.state == "delivered" and row.next_try_at is None for row in waiting)
    assert any(f"http://127.0.0.1:8000/cases/{case.id}" in mail.body for mail in mailbox.sent)


def test_without_a_mail_server_email_waits_and_costs_no_try(office: Office) -> None:
    notifications.use(None)
    one_email(office)
    work(office)
    [row] = emails()
    assert (row.state, row.tries) == ("waiting", 0)
    assert row.next_try_at is not None
    assert row.next_try_at > clock.now()


def test_a_dead_mail_server_stops_nothing_else(office: Office) -> None:
    dead = DeadServer()
    notifications.use(dead)
    case = office.docketed()
    counts = work(office)
    assert counts.done["documents"] >= 3
    assert case.state == "mediating"
    assert all(row.state == "waiting" for row in emails())


def test_a_dead_mail_server_is_asked_once_and_then_left_alone_for_a_minute(office: Office, today: Today) -> None:
    dead = DeadServer()
    notifications.use(dead)
    office.docketed()
    first = len(outbox.due(db.session(), 100))
    work(office)
    work(office)
    assert first > 1
    assert dead.asked == 1
    assert sorted(row.tries for row in emails()) == [0] * (len(emails()) - 1) + [1]
    today.moves(minutes=1, seconds=1)
    work(office)
    assert dead.asked == 2


def test_when_the_mail_server_is_back_everything_goes_out(
    office: Office, today: Today, mailbox: notifications.NullMailer
) -> None:
    notifications.use(DeadServer())
    office.docketed()
    work(office)
    notifications.use(mailbox)
    today.moves(minutes=2)
    work(office)
    assert len(mailbox.sent) == len(emails())


def test_tries_are_spaced_further_and_further_apart_and_then_given_up(office: Office, today: Today) -> None:
    notifications.use(Refusing("clerk@example.cn"))
    one_email(office)
    waits = []
    for _ in range(5):
        work(office)
        [row] = emails()
        assert row.next_try_at is not None
        waits.append(row.next_try_at - clock.now())
        today.moves(seconds=round(waits[-1].total_seconds()) + 1)
    work(office)
    [row] = emails()
    assert [round(w / timedelta(minutes=1)) for w in waits] == [1, 5, 30, 120, 720]
    assert (row.state, row.tries, row.next_try_at) == ("failed", 6, None)
    assert "550" in row.error


def give_up(office: Office, today: Today) -> None:
    for _ in range(6):
        work(office)
        today.moves(hours=13)


def test_what_is_given_up_is_one_incident_that_an_administrator_can_retry(
    office: Office, today: Today, mailbox: notifications.NullMailer
) -> None:
    notifications.use(Refusing("clerk@example.cn"))
    one_email(office)
    one_email(office)
    give_up(office, today)
    [incident] = db.session.scalars(select(Incident).where(Incident.what == "deliver"))
    notifications.use(mailbox)
    attempts.retry(db.session(), incident.id, by=db.session.get_one(User, office.admin.id))
    work(office)
    assert len(mailbox.sent) == 2
    assert db.session.scalar(select(func.count()).where(Incident.settled_at.is_(None))) == 0


def test_one_refused_address_does_not_hold_up_the_others(office: Office) -> None:
    refusing = Refusing("requester@example.cn")
    notifications.use(refusing)
    office.docketed()
    work(office)
    assert {m.to for m in refusing.sent} == {"respondent@example.cn", "mediator@example.cn"}


def test_a_message_in_hand_is_not_taken_twice(office: Office, today: Today) -> None:
    message_id = one_email(office)
    assert outbox._claimed(db.session(), message_id) == (1, "email")
    assert outbox._claimed(db.session(), message_id) is None
    assert outbox.due(db.session(), 10) == []
    today.moves(minutes=11)
    assert outbox.due(db.session(), 10) == [message_id]


def test_a_copy_after_a_crash_has_the_same_message_id(
    office: Office, today: Today, mailbox: notifications.NullMailer
) -> None:
    message_id = one_email(office)
    outbox._claimed(db.session(), message_id)
    outbox._packed(db.session(), message_id, office.app.config["PEIYOU"])()  # and here the job was killed
    today.moves(minutes=11)
    work(office)
    assert [m.message_id for m in mailbox.sent] == [f"<peiyou-{message_id}@127.0.0.1>"] * 2


def test_somebody_whose_account_is_closed_gets_no_email(office: Office, mailbox: notifications.NullMailer) -> None:
    one_email(office)
    db.session.get_one(User, office.clerk.id).active = False
    db.session.commit()
    work(office)
    assert mailbox.sent == []
    assert emails()[0].state == "failed"
    assert db.session.scalar(select(func.count()).select_from(Incident)) == 0


def test_a_text_message_goes_through_the_gateway(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr(notifications.sms_gateway(), "send", lambda *given: sent.append(given), raising=False)
    user = db.session.get_one(User, office.clerk.id)
    user.channels, user.phone = ["sms"], "13800138000"
    notifications.account_welcome(db.session(), user)
    db.session.commit()
    work(office)
    [(number, text, reference)] = sent
    assert number == "13800138000"
    assert text == "您的账号已开通，用户名：clerk。"
    assert reference.startswith("peiyou-")


def test_a_text_message_that_does_not_go_out_keeps_no_email_waiting(
    office: Office, mailbox: notifications.NullMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoGateway:
        def send(self, _number: str, _text: str, _reference: str) -> None:
            raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(notifications, "sms_gateway", NoGateway)
    user = db.session.get_one(User, office.clerk.id)
    user.phone, user.channels = "13800138000", ["sms"]
    notifications.account_welcome(db.session(), user)
    db.session.commit()
    sms = db.session.scalars(select(MessageOutbox.id).where(MessageOutbox.channel == "sms")).one()
    assert not outbox.do(db.session(), sms, office.app.config["PEIYOU"])
    user.channels = ["email"]
    assert outbox.do(db.session(), one_email(office), office.app.config["PEIYOU"])
    assert len(mailbox.sent) == 1
