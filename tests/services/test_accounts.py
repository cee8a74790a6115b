"""The door: names and passwords, locks, tokens, signing up, invitations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken
from app.domain.roles import Role
from app.models import AccessLog, ApiToken, Organization, Substitute, Throttle, User, db
from app.services import accounts, invitations, throttling
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


@pytest.fixture
def clerk(session: Session) -> User:
    user = people.person(session, Role.INTAKE_CLERK, unit=people.unit(session), username="chenhuimin")
    session.commit()
    return user


# -- names and passwords -----------------------------------------------------------------------------------------------


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
    token, _ = accounts.issue_token(session, tries(session, "chenhuimin", PASSWORD))
    session.commit()
    assert accounts.user_of_token(session, token) is not None
    assert accounts.user_of_token(session, "\x00") is None


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


# -- tokens ------------------------------------------------------------------------------------------------------------


def test_a_token_is_its_owner_with_all_powers_in_one_statement_and_one_for_standing_in(
    session: Session, clerk: User, today: Today
) -> None:
    unit = clerk.memberships[0].unit
    absent = people.person(session, Role.INTAKE_CLERK, unit=unit)
    for first, last in ((date(2026, 3, 1), date(2026, 3, 5)), (date(2026, 4, 1), date(2026, 4, 5))):
        session.add(Substitute(user=absent, deputy=clerk, first=first, last=last, created_at=clock.now()))
    token, _ = accounts.issue_token(session, clerk)
    clerk_id = clerk.id
    session.commit()
    session.expunge_all()
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2].partition(" ")[0]))
    user = accounts.user_of_token(session, token)
    assert user is not None and user.id == clerk_id
    assert user.has_role(Role.INTAKE_CLERK)
    assert [s.user.roles for s in user.standing_in] == [{Role.INTAKE_CLERK}]
    assert statements == ["BEGIN", "SELECT", "SELECT"]
    session.rollback()
    statements.clear()
    today.moves(days=40)  # nobody is absent any more
    other = session.get_one(User, clerk_id)
    token, _ = accounts.issue_token(session, other)
    session.commit()
    session.expunge_all()
    statements.clear()
    user = accounts.user_of_token(session, token)
    assert user is not None and user.standing_in == []
    assert statements == ["BEGIN", "SELECT"]


def test_only_the_digest_of_a_token_is_kept(session: Session, clerk: User) -> None:
    token, _ = accounts.issue_token(session, clerk)
    session.flush()  # the row is read
    assert token not in str(session.execute(select(ApiToken.digest)).scalar_one())
    assert len(token) >= 43


def test_a_token_ends_after_twelve_hours(session: Session, clerk: User, today: Today) -> None:
    token, until = accounts.issue_token(session, clerk)
    session.commit()
    assert until == session.scalar(select(ApiToken.expires_at))
    today.moves(hours=11)
    assert accounts.user_of_token(session, token) is not None
    today.moves(hours=1, seconds=1)
    assert accounts.user_of_token(session, token) is None


def test_a_token_ends_with_the_sessions_and_with_the_account(session: Session, clerk: User) -> None:
    for end in (lambda: accounts.end_sessions(session, clerk), lambda: setattr(clerk, "active", False)):
        token, _ = accounts.issue_token(session, clerk)
        session.commit()
        assert accounts.user_of_token(session, token) is not None
        end()
        session.commit()
        assert accounts.user_of_token(session, token) is None


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "a" * 5000])
def test_nonsense_is_nobodys_token(session: Session, token: str) -> None:
    assert accounts.user_of_token(session, token) is None


def test_a_password_that_was_handed_out_gets_no_token(session: Session, clerk: User) -> None:
    clerk.password_changed_at = accounts.NOT_CHOSEN
    session.commit()
    with pytest.raises(RuleBroken, match="初始密码"):
        accounts.issue_token(session, clerk)


def test_nobody_revokes_the_token_of_somebody_else(session: Session, clerk: User) -> None:
    accounts.issue_token(session, clerk)
    session.flush()  # the row is named by its number
    token_id = session.scalars(select(ApiToken.id)).one()
    with pytest.raises(NotFound):
        accounts.revoke_token(session, token_id, by=people.person(session))
    accounts.revoke_token(session, token_id, by=clerk)
    session.flush()  # the row is gone
    assert session.scalar(select(ApiToken.id)) is None


# -- signing up --------------------------------------------------------------------------------------------------------


def newcomer(**changes: str) -> accounts.Newcomer:
    told = {
        "username": "heyun",
        "password": PASSWORD,
        "name": "何云",
        "email": "heyun@example.cn",
        "phone": "13800138000",
    }
    return accounts.Newcomer(**{**told, **changes})


def body(**changes: str) -> accounts.Represented:
    told = {"kind": "enterprise", "name": "顺德美誉电器有限公司", "uscc": people.code(77), "address": "顺德区大良街道"}
    return accounts.Represented(**{**told, **changes})


def test_an_organisation_signs_up_and_its_person_acts_for_it(session: Session) -> None:
    user = accounts.sign_up(session, newcomer(), body(), address=HERE)
    session.commit()
    organization = session.scalars(select(Organization)).one()
    assert user.organization_ids == {organization.id}
    assert user.roles == {Role.APPLICANT}
    assert (organization.uscc, organization.region, organization.verified) == (people.code(77), "440606", False)
    assert kinds(session) == ["signed_up", "privacy_accepted"]
    assert tries(session, "heyun", PASSWORD).id == user.id


def test_a_respondent_entered_by_the_other_side_keeps_the_name_of_the_papers_and_is_not_verified_by_signing_up(
    session: Session,
) -> None:
    known = people.organization(session, "顺德美誉电器股份有限公司", uscc=people.code(77))
    accounts.sign_up(session, newcomer(), body())
    assert session.scalars(select(Organization)).one() is known
    assert (known.name, known.address, known.verified) == ("顺德美誉电器股份有限公司", "顺德区大良街道", False)


def test_an_organisation_with_people_is_not_taken_over(session: Session) -> None:
    known = people.organization(session, uscc=people.code(77))
    people.person(session, organization=known)
    with pytest.raises(RuleBroken, match="请与本单位同事联系") as refusal:
        accounts.sign_up(session, newcomer(), body())
    assert refusal.value.field == "uscc"


def test_a_person_signs_up_with_a_resident_number_that_is_kept_sealed(session: Session) -> None:
    number = "11010519491231002X"
    accounts.sign_up(session, newcomer(), body(kind="individual", name="何云", uscc="", resident_id=number))
    session.commit()
    raw = session.connection().exec_driver_sql("SELECT resident_id, resident_index, uscc FROM organization").one()
    assert number not in str(raw) and raw[2] is None
    with pytest.raises(RuleBroken) as refusal:
        accounts.sign_up(
            session, newcomer(username="other"), body(kind="individual", resident_id=number.lower(), uscc="")
        )
    assert refusal.value.field == "resident_id"


def test_a_taken_name_and_a_weak_password_are_refused_beside_their_field(session: Session) -> None:
    people.person(session, username="heyun")
    with pytest.raises(RuleBroken) as taken:
        accounts.sign_up(session, newcomer(), body())
    with pytest.raises(RuleBroken) as weak:
        accounts.sign_up(session, newcomer(username="heyun2", password="short"), body())
    assert (taken.value.field, weak.value.field) == ("username", "password")


def test_who_takes_the_same_name_in_the_same_moment_is_told_so(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.person(session, username="heyun")
    monkeypatch.setattr(accounts, "refuse_taken", lambda *_: None)
    with pytest.raises(RuleBroken) as refusal:
        accounts.sign_up(session, newcomer(), body())
    assert refusal.value.field == "username"


# -- invitations -------------------------------------------------------------------------------------------------------


def test_a_code_lets_one_person_in_once(session: Session, party_and_clerk: tuple) -> None:  # type: ignore[type-arg]
    party, clerk = party_and_clerk
    code = invitations.invite(session, party, clerk)
    user = invitations.accept(session, code.lower().replace("-", " "), who=newcomer())
    assert user.organization_ids == {party.organization_id}
    with pytest.raises(RuleBroken, match="邀请码") as refusal:
        invitations.accept(session, code, who=newcomer(username="second"))
    assert refusal.value.field == "code"


def test_a_code_is_good_for_thirty_days(session: Session, party_and_clerk: tuple, today: Today) -> None:  # type: ignore[type-arg]
    party, clerk = party_and_clerk
    code = invitations.invite(session, party, clerk)
    session.flush()  # the row is read back
    today.moves(days=30)
    with pytest.raises(RuleBroken, match="过期"):
        invitations.accept(session, code, who=newcomer())


def test_somebody_with_an_account_joins_too_but_an_official_does_not(
    session: Session,
    party_and_clerk: tuple,  # type: ignore[type-arg]
) -> None:
    party, clerk = party_and_clerk
    code = invitations.invite(session, party, clerk)
    with pytest.raises(RuleBroken, match="工作人员"):
        invitations.accept(session, code, who=clerk)
    outside = people.person(session, organization=people.organization(session))
    invitations.accept(session, code, who=outside)
    session.flush()  # the new membership gets its organisation's number
    assert party.organization_id in outside.organization_ids
    again = invitations.invite(session, party, clerk)
    with pytest.raises(RuleBroken, match="不需要邀请码"):
        invitations.accept(session, again, who=outside)


def test_only_who_handles_the_case_invites(session: Session, party_and_clerk: tuple) -> None:  # type: ignore[type-arg]
    party, _ = party_and_clerk
    elsewhere = people.person(session, Role.INTAKE_CLERK, unit=people.unit(session))
    with pytest.raises(NotAllowed):
        invitations.invite(session, party, elsewhere)


@pytest.fixture
def party_and_clerk(session: Session, clerk: User) -> tuple[object, User]:
    """Return the respondent of an open case, and the clerk who handles it."""
    from app.models import Case, Party, ProcessVersion

    digest = session.scalars(select(ProcessVersion.digest).limit(1)).one()
    today, now = clock.today(), clock.now()
    case = Case(
        number="佛知快调〔2026〕1号",
        receipt_number="1",
        kind="mediation",
        state="filed",
        title="纠纷",
        unit_id=clerk.memberships[0].unit_id,
        received_on=today,
        opened_at=now - timedelta(days=1),
        first_filed_on=today,
        regime="order81",
        process_digest=digest,
        position="{}",
    )
    party = Party(case=case, organization=people.organization(session), role="respondent", place=1)
    session.add_all([case, party])
    session.commit()
    return party, clerk
