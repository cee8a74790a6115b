"""The second factor: what opens the door, what does not, and what is written down about it."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotAllowed, RuleBroken, Stale
from app.domain.roles import Role
from app.models import AccessLog, ApiToken, RecoveryCode, SecondFactor, User, db
from app.services import access_log, second_factor, tokens
from app.services.changing import changing
from app.services.throttling import TooMany
from config import ConfigError, checked
from tests.conftest import config
from tests.factories import people

ADDRESS = "192.0.2.7"


def somebody(role: Role = Role.INTAKE_CLERK) -> User:
    """Return an official."""
    session = db.session()
    made = people.person(session, role, unit=people.unit(session))
    session.commit()
    return made


def digits(user: User, ahead: int = 0) -> str:
    """Return what this person's phone shows, or will show in some half minutes."""
    return pyotp.TOTP(db.session.get_one(SecondFactor, user.id).secret).generate_otp(clock.wall() // 30 + ahead)


def enrolled(user: User) -> list[str]:
    """Let this person set up a second factor; return their recovery codes."""
    with changing(db.session()):
        second_factor.begin(db.session(), by=user)
    with changing(db.session()):
        return second_factor.confirm(db.session(), digits(user), by=user)


def enters(user: User, code: str) -> None:
    with changing(db.session()):
        second_factor.check(db.session(), user, code, address=ADDRESS)


def kinds() -> list[str]:
    return list(db.session.scalars(select(AccessLog.kind).order_by(AccessLog.id)))


def test_digits_open_the_door_once_on_either_database(either_app: Flask) -> None:
    clerk = somebody()
    enrolled(clerk)
    code = digits(clerk, 1)
    enters(clerk, f"{code[:3]} {code[3:]}")
    with pytest.raises(RuleBroken, match="已经用过"):
        enters(clerk, code)


def test_digits_of_long_ago_and_somebody_elses_do_not_fit(app: Flask) -> None:
    clerk, other = somebody(), somebody()
    enrolled(clerk)
    enrolled(other)
    for code in (digits(clerk, -2), digits(clerk, 3), digits(other), "", "12345", "１２３"):
        with pytest.raises(RuleBroken):
            enters(clerk, code)
        with changing(db.session()):
            access_log.record(db.session(), "looked", user=clerk)
            db.session.execute(text("DELETE FROM throttle"))


def test_a_recovery_code_opens_the_door_once_however_it_is_typed_on_either_database(either_app: Flask) -> None:
    clerk = somebody()
    first, second, *_ = enrolled(clerk)
    enters(clerk, first.lower().replace("-", " ").replace("0", "o"))
    assert second_factor.codes_left(db.session(), clerk) == 9
    with pytest.raises(RuleBroken):
        enters(clerk, first)
    enters(clerk, second)
    assert kinds().count("recovery_code_used") == 2


def test_neither_the_secret_nor_a_recovery_code_stands_readable_in_the_database(app: Flask) -> None:
    clerk = somebody()
    codes = enrolled(clerk)
    secret = db.session.get_one(SecondFactor, clerk.id).secret
    kept = str(db.session.execute(text("SELECT * FROM second_factor")).all())
    kept += str(db.session.execute(text("SELECT * FROM recovery_code")).all())
    kept += str(db.session.execute(text("SELECT * FROM access_log")).all())
    assert secret not in kept and not any(one in kept or one.replace("-", "") in kept for one in codes)


def test_after_five_wrong_tries_the_right_digits_have_to_wait_and_each_is_written_down(app: Flask) -> None:
    clerk = somebody()
    enrolled(clerk)
    for _ in range(5):
        with pytest.raises(RuleBroken):
            enters(clerk, "000000x")
    with pytest.raises(TooMany):
        enters(clerk, digits(clerk, 1))
    assert kinds().count("second_factor_failed") == 5


def test_setting_it_up_ends_tokens_that_a_password_alone_has_got(app: Flask) -> None:
    clerk = somebody()
    with changing(db.session()):
        tokens.issue(db.session(), clerk)
    enrolled(clerk)
    assert db.session.scalars(select(ApiToken)).all() == []
    with pytest.raises(Stale):
        second_factor.begin(db.session(), by=clerk)


def test_a_secret_that_was_not_confirmed_asks_nothing(app: Flask) -> None:
    clerk = somebody()
    with changing(db.session()):
        second_factor.begin(db.session(), by=clerk)
    assert not second_factor.is_on(db.session(), clerk)
    with pytest.raises(RuleBroken), changing(db.session()):
        second_factor.confirm(db.session(), "000000x", by=clerk)
    assert not second_factor.is_on(db.session(), clerk)


def test_new_recovery_codes_end_the_old_ones(app: Flask) -> None:
    clerk = somebody()
    old = enrolled(clerk)
    with changing(db.session()):
        new = second_factor.renew_codes(db.session(), digits(clerk, 1), by=clerk)
    with pytest.raises(RuleBroken):
        enters(clerk, old[0])
    enters(clerk, new[0])


def test_who_must_have_one_cannot_go_without_and_others_can(app: Flask) -> None:
    clerk = somebody()
    enrolled(clerk)
    second_factor.require_of(frozenset({"intake_clerk"}))
    with pytest.raises(NotAllowed):
        second_factor.end(db.session(), digits(clerk, 1), by=clerk)
    second_factor.require_of(frozenset())
    with changing(db.session()):
        second_factor.end(db.session(), digits(clerk, 1), by=clerk)
    assert not second_factor.is_on(db.session(), clerk)
    assert db.session.scalars(select(RecoveryCode)).all() == []


def test_an_administrator_resets_it_with_a_reason_and_nobody_else(app: Flask) -> None:
    clerk, admin = somebody(), somebody(Role.ADMIN)
    enrolled(clerk)
    epoch = clerk.session_epoch
    with pytest.raises(NotAllowed):
        second_factor.reset(db.session(), clerk, reason="手机遗失", by=clerk)
    with pytest.raises(RuleBroken, match="理由"):
        second_factor.reset(db.session(), clerk, reason=" ", by=admin)
    with changing(db.session()):
        second_factor.reset(db.session(), clerk, reason="手机遗失", by=admin)
    assert (second_factor.is_on(db.session(), clerk), clerk.session_epoch) == (False, epoch + 1)
    line = db.session.scalars(select(AccessLog).where(AccessLog.kind == "second_factor_reset")).one()
    assert (line.user_id, line.detail) == (admin.id, {"of": clerk.id, "reason": "手机遗失"})


def test_an_installation_asks_it_of_every_official_and_of_no_party_unless_told_otherwise(app: Flask) -> None:
    def roles(**said: str) -> frozenset[str]:
        return config(app.config["INSTANCE"], **said).second_factor_roles

    assert {"intake_clerk", "admin"} < roles(MODE="production") and "applicant" not in roles(MODE="production")
    assert roles(MODE="demo") == roles(MODE="production", SECOND_FACTOR="nobody") == frozenset()
    assert roles(SECOND_FACTOR="admin, director") == {"admin", "director"}
    with pytest.raises(ConfigError, match="applicant"):
        checked(config(app.config["INSTANCE"], SECOND_FACTOR="applicant"))


def test_the_clock_of_a_demonstration_does_not_move_the_digits(session: Session, today: object) -> None:
    clerk = somebody()
    enrolled(clerk)
    clock.set_shift(clock.shift() * 2)
    enters(clerk, digits(clerk, 1))
