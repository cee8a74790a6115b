"""The real consumer, killed in the middle and started again; and the queue on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import audit, clock, notifications
from app.jobs import casecheck
from app.jobs.consumer import Jobs, queue_for
from app.models import Case, Deadline, Document, Event, JobRun, MessageOutbox, StoredFile, db
from app.services.looking import looking
from config import Config, ConfigError
from tests.conftest import ROOT, Today
from tests.flows.office import Office
from tests.jobs.conftest import work
from tests.notifications.mailserver import Sink, mail_server


@pytest.fixture
def sink() -> Iterator[Sink]:
    """Return a mail server that takes its time."""
    with mail_server(slowly=0.02) as running:
        yield running


@contextmanager
def consumer(config: Config, smtp: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the product's own consumer on this installation as long as the block lasts."""
    told = {
        "SECRET_KEY": config.SECRET_KEY,
        "EVENTS_KEY": config.EVENTS_KEY,
        "FIELD_KEYS": config.FIELD_KEYS,
        "DATABASE_URL": config.DATABASE_URL,
        "INSTANCE": str(config.INSTANCE),
        "MODE": "test",
        "SMTP_URL": smtp,
    }
    environment = {**os.environ, **{f"PEIYOU_{name}": value for name, value in told.items()}}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as running:
        try:
            yield running
        finally:
            running.kill()


def until(what: Callable[[], bool], seconds: int = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def number(*conditions: Any) -> int:
    """Count without keeping the consumer from writing."""
    with looking(db.session()):
        return db.session.scalar(select(func.count()).where(*conditions)) or 0


def rendered() -> int:
    return number(Document.issued, Document.file_id.is_not(None))


def quiet() -> bool:
    """Say whether nothing is due (a message in the hand of the killed consumer is not, for some minutes)."""
    papers = number(Document.issued, Document.file_id.is_(None))
    periods = number(Deadline.wake_at <= clock.now())
    return papers == periods == number(MessageOutbox.next_try_at <= clock.now()) == 0


@pytest.mark.slow
def test_a_consumer_that_is_killed_in_the_middle_loses_nothing_and_does_nothing_twice(
    office: Office, sink: Sink
) -> None:
    for _ in range(3):
        office.served()
    db.session.rollback()
    clock.set_shift(timedelta(0))  # the consumer lives by the wall; every period has run out long ago
    config = office.app.config["PEIYOU"]
    for far_enough in (lambda: rendered() >= 1, lambda: len(sink.mails) >= 1):
        with consumer(config, sink.address) as running:
            until(far_enough)
            running.kill()
        assert not quiet()
    with consumer(config, sink.address) as running:
        until(quiet)
        running.terminate()
        assert running.wait(40) == 0
    clock.set_shift(timedelta(minutes=11))
    notifications.set_up(sink.address, "peiyou@localhost", "log")
    work(office)
    everything_was_done_once(sink)


def everything_was_done_once(sink: Sink) -> None:
    issued = number(Document.issued)
    assert rendered() == issued
    assert number(StoredFile.uploaded_by_id.is_(None)) == issued
    for case in db.session.scalars(select(Case)):
        assert audit.verify(db.session(), case) is None
        assert casecheck.disagreement(db.session(), case) is None
        lapsed = select(Event.data).where(Event.case_id == case.id, Event.kind == "deadline_lapsed")
        times = Counter((d["rule"], d.get("party")) for d in db.session.scalars(lapsed))
        assert times[("mediation.statement", "中山市晨光小家电有限公司")] == 1
        assert set(times.values()) == {1}
    sent = set(db.session.scalars(select(MessageOutbox.id).where(MessageOutbox.channel == "email")))
    assert {f"<peiyou-{i}@127.0.0.1>" for i in sent} == set(sink.ids)
    assert number(MessageOutbox.channel == "email", MessageOutbox.state == "delivered") == len(sent)
    assert len(sink.ids) - len(sent) <= 4  # what two workers had in hand each time they were killed


def drained(app: Flask) -> Jobs:
    """Return the jobs after one tick whose ids have all been taken out of the queue and done."""
    jobs = Jobs(app, queue_for(app.config["PEIYOU"], app.config["SQLALCHEMY_DATABASE_URI"]))
    jobs.tick(db.session())
    while (task := jobs.queue.dequeue()) is not None:
        jobs.queue.execute(task)
    jobs.queue.storage.close()
    return jobs


def test_the_queue_beside_either_database_carries_what_is_due(either_office: Office, today: Today) -> None:
    either_office.docketed()
    jobs = drained(either_office.app)
    assert jobs.done["documents"] > 2
    assert jobs.done["outbox"] > 5
    assert jobs.asked.keys() == {("nightly", name) for name in ("reconcile", "verify", "retention", "files")}
    drained(either_office.app)  # the receipts of letters that have arrived by being made
    assert number(Document.issued, Document.file_id.is_(None)) == 0
    assert {"heartbeat", "reconcile", "verify", "retention", "files"} <= set(db.session.scalars(select(JobRun.name)))


def test_an_id_that_is_already_in_the_queue_is_not_put_in_again(office: Office) -> None:
    office.files()
    jobs = Jobs(office.app, queue_for(office.app.config["PEIYOU"], office.app.config["SQLALCHEMY_DATABASE_URI"]))
    jobs.tick(db.session())
    waiting = jobs.queue.pending_count()
    jobs.next.clear()
    jobs.tick(db.session())
    assert jobs.queue.pending_count() == waiting > 0
    jobs.queue.storage.close()


def test_what_is_urgent_is_taken_first(office: Office, today: Today) -> None:
    office.served()
    today.moves(days=16)
    jobs = Jobs(office.app, queue_for(office.app.config["PEIYOU"], office.app.config["SQLALCHEMY_DATABASE_URI"]))
    jobs.tick(db.session())
    order = [task.name for task in iter(jobs.queue.dequeue, None)]
    jobs.queue.storage.close()
    assert list(dict.fromkeys(order)) == ["deadlines", "documents", "announcements", "outbox", "nightly"]


def test_the_heart_beats_every_half_minute_and_when_the_clock_is_moved(office: Office, today: Today) -> None:
    jobs = Jobs(office.app, queue_for(office.app.config["PEIYOU"], office.app.config["SQLALCHEMY_DATABASE_URI"]))
    jobs.tick(db.session())
    today.moves(seconds=10)
    jobs.tick(db.session())
    assert clock.now() - beat() > timedelta(seconds=9)
    today.moves(days=30)
    jobs.tick(db.session())
    jobs.queue.storage.close()
    assert clock.now() - beat() < timedelta(seconds=5)


def beat() -> Any:
    db.session.rollback()
    return db.session.scalar(select(JobRun.finished_at).where(JobRun.name == "heartbeat"))


@pytest.mark.parametrize("url", ["amqp://somewhere", "redis://127.0.0.1"])
def test_a_queue_that_cannot_be_is_refused_in_a_sentence(app: Flask, url: str) -> None:
    with pytest.raises(ConfigError, match="无法启动"):
        queue_for(replace(app.config["PEIYOU"], QUEUE_URL=url), "sqlite://")


def test_once_says_what_it_did(office: Office) -> None:
    office.files()
    said = office.app.test_cli_runner().invoke(args=["jobs", "once"])
    assert said.exit_code == 0
    assert "documents: 2 done, 0 left" in said.output
    assert "reconcile: 1 cases, 0 flaws" in said.output


def test_a_consumer_starts_on_a_leap_day(app: Flask, today: Today) -> None:
    today.is_at("2028-02-29 10:00")
    jobs = Jobs(app, queue_for(app.config["PEIYOU"], app.config["SQLALCHEMY_DATABASE_URI"]))
    jobs.tick(db.session())
    jobs.queue.storage.close()
    assert db.session.scalars(select(JobRun)).all() != []
