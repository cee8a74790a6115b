"""The door: names and passwords, and locks."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.models import AccessLog, Throttle, User, db
from app.services import accounts, throttling, tokens
from app.services.changing import changing
from app.services.throttling import TooMany
from tests.conftest import Today
from tests.factories import people
from tests.factories.people import PASSWORD
from tests.flows.moment import at_once

HERE = "192.0.2.7"


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(AccessLog.kind).order_by(AccessLog.id)))


def tries(session: Session, username: str, password: str, address: str = HERE) -> User:
    with changing(session):
        return accounts.authenticate(session, username, password, address)


def fails(session: Session, username: str, address: str = HERE) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        tries(session, username, "wrong", address)
    return refusal.value


def test_the_right_password_lets_in_and_is_written_down(session: Session, clerk: User) -> None:
    assert tries(session, "chenhuimin", PASSWORD).id == clerk.id
    assert kinds(session) == ["login"]


def test_a_name_is_the_same_in_capitals_and_full_width(session: Session, clerk: User) -> None:
    assert tries(session, " ＣhenHuimin ", PASSWORD).id == clerk.id


def test_a_wrong_password_and_an_unknown_name_are_refused_in_the_same_words(session: Session, clerk: User) -> None:
    known, unknown = fails(session, "chenhuimin"), fails(session, "nobody")
    assert (type(known), known.message, known.field) == (type(unknown), unknown.message, unknown.field)
    assert kinds(session) == ["login_failed", "login_failed"]


def test_a_strangers_name_is_not_kept_because_it_may_be_a_password(session: Session) -> None:
    fails(session, "MyS3cret!word")
    assert session.scalar(select(AccessLog.username)) == "m****"


@pytest.mark.parametrize("name", ["", "\x00", "a\x00b", "\ud800", "x" * 500, "' OR 1=1 --"])
def test_a_name_that_nobody_can_have_is_simply_wrong(session: Session, name: str) -> None:
    assert fails(session, name).message == accounts.WRONG


def test_a_closed_account_is_refused_like_an_unknown_one(session: Session, clerk: User) -> None:
    clerk.active = False
    session.commit()
    with pytest.raises(RuleBroken, match=accounts.WRONG):
        tries(session, "chenhuimin", PASSWORD)


@pytest.mark.parametrize("name", ["chenhuimin", "nobody"])
def test_five_failures_lock_for_a_quarter_of_an_hour_whether_the_account_exists_or_not(
    session: Session, clerk: User, today: Today, name: str
) -> None:
    found = [fails(session, name) for _ in range(5)]
    assert [type(r) for r in found] == [RuleBroken] * 4 + [TooMany]
    assert isinstance(fails(session, name), TooMany)
    today.moves(minutes=14)
    assert isinstance(fails(session, name), TooMany)
    today.moves(minutes=1)
    assert type(fails(session, name)) is RuleBroken


def test_the_right_password_does_not_open_a_locked_account(session: Session, clerk: User, today: Today) -> None:
    for _ in range(5):
        fails(session, "chenhuimin")
    with pytest.raises(TooMany):
        tries(session, "chenhuimin", PASSWORD)
    assert kinds(session)[-2:] == ["locked", "locked_out"]
    today.moves(minutes=15)
    assert tries(session, "chenhuimin", PASSWORD).id == clerk.id


def test_a_good_login_forgets_the_failures_before_it(session: Session, clerk: User) -> None:
    for _ in range(2):
        for _ in range(4):
            fails(session, "chenhuimin")
        tries(session, "chenhuimin", PASSWORD)
    assert session.scalar(select(func.sum(Throttle.tries))) == 8  # those of the address


def test_the_right_password_many_times_at_once_lets_in_every_time_and_locks_nobody(
    either_app: Flask, checks: list[str]
) -> None:
    people.person(db.session(), username="chenhuimin")
    db.session.commit()
    assert at_once(either_app, 8, lambda _n: outcome(PASSWORD)) == ["in"] * 8
    assert outcome(PASSWORD) == "in"
    assert len(checks) == 9


def test_wrong_passwords_at_once_get_no_more_checks_than_one_after_the_other(
    either_app: Flask, checks: list[str]
) -> None:
    people.person(db.session(), username="chenhuimin")
    db.session.commit()
    found = at_once(either_app, 12, lambda n: outcome(f"wrong {n}"))
    assert (found.count("wrong"), found.count("locked")) == (4, 8)
    assert len(checks) == accounts.FAILURES
    assert outcome(PASSWORD) == "locked"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the passwords that have been looked at."""
    seen: list[str] = []
    whole = accounts.passwords.verify_password

    def verify(stored: str | None, text: str) -> bool:
        seen.append(text)
        return whole(stored, text)

    monkeypatch.setattr(accounts.passwords, "verify_password", verify)
    return seen


def outcome(password: str) -> str:
    try:
        tries(db.session(), "chenhuimin", password)
    except TooMany:
        return "locked"
    except RuleBroken:
        return "wrong"
    return "in"


def test_a_try_whose_worker_died_keeps_the_others_out_for_some_seconds_only(
    session: Session, clerk: User, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "PATIENCE_SECONDS", 0.05)
    assert throttling.take_turn(session, throttling.keyed("turn", "chenhuimin"))
    session.commit()
    with pytest.raises(TooMany):
        tries(session, "chenhuimin", PASSWORD)
    today.moves(seconds=throttling.TURN_SECONDS)
    assert tries(session, "chenhuimin", PASSWORD).id == clerk.id


def test_one_address_cannot_try_many_names(session: Session, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "ADDRESS_FAILURES", 8)
    for n in range(accounts.ADDRESS_FAILURES):
        fails(session, f"name{n}")
    with pytest.raises(TooMany):
        tries(session, "chenhuimin", PASSWORD)
    assert tries(session, "chenhuimin", PASSWORD, "192.0.2.8").id == clerk.id


def test_good_logins_from_one_office_never_run_into_the_limit(session: Session, clerk: User) -> None:
    session.add(Throttle(bucket=f"login:{HERE}", window=throttling._began(15), tries=accounts.ADDRESS_FAILURES - 1))
    session.commit()
    for _ in range(2):
        tries(session, "chenhuimin", PASSWORD)


def test_counting_locking_and_tokens_are_the_same_on_both_databases(either_app: Flask) -> None:
    session = db.session()
    people.person(session, username="chenhuimin")
    session.commit()
    found = [fails(session, "chenhuimin") for _ in range(6)]
    assert [type(r) for r in found] == [RuleBroken] * 4 + [TooMany] * 2
    throttling.forget(session, throttling.keyed("locked", "chenhuimin"))
    token, _ = tokens.issue(session, tries(session, "chenhuimin", PASSWORD))
    session.commit()
    assert tokens.owner(session, token) is not None
    assert tokens.owner(session, "\x00") is None


def test_old_counts_and_locks_are_cleared_out(session: Session, today: Today) -> None:
    throttling.count(session, "progress:x", limit=1, seconds=600)
    with pytest.raises(TooMany):
        throttling.count(session, "progress:x", limit=1, seconds=600)
    throttling.lock(session, "locked:x", 15)
    session.flush()  # what is cleared out has to be there
    throttling.clear_out(session)
    assert session.scalar(select(func.count()).select_from(Throttle)) == 2
    today.moves(days=2)
    throttling.clear_out(session)
    assert session.scalar(select(func.count()).select_from(Throttle)) == 0
