"""Caps and budgets hold when many grant at the same moment: never a yuan too much, and nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.awards.calls import CallMode
from app.domain.errors import RuleBroken, Stale
from app.models import AwardApplication, AwardBatch, AwardCall, AwardGrant, CapAccount, CapEntry, PaymentList, User, db
from app.services import settings
from app.services.awards import batches, paying
from app.services.changing import BUSY, LISTED, changing
from tests.conftest import Today
from tests.flows.awarding import AwardOffice
from tests.flows.moment import at_once
from tests.flows.office import Case

MANY = 50
TRIES = 40


def confirmed(office: AwardOffice, call: AwardCall, award: str, n: int, first: int = 0) -> list[Case]:
    """Return ``n`` direct awards of the company that it has confirmed."""
    rows = [
        office.listed(award, thing=f"事项{first + i}", number=f"{award}-{first + i}", base=1_000_000) for i in range(n)
    ]
    cases, bad = office.loads_list(call, rows)
    assert not bad
    account = {"account_name": office.requesting.name, "bank": "中国银行佛山分行", "account": "755012345678"}
    for case in cases:
        office.requester.answers(case, "confirm_grant", confirmation="confirm", files=[], **account)
    return cases


def announced_at_once(office: AwardOffice, ids: list[int]) -> list[str]:
    """Announce batches at the same moment, each by somebody of its own; return what each was told."""
    reviewer = office.reviewers[0].id

    def announces(n: int) -> str:
        for _ in range(TRIES):
            try:
                with changing(db.session):
                    batch = db.session.get_one(AwardBatch, ids[n])
                    batches.announce(db.session(), batch, by=db.session.get_one(User, reviewer))
            except Stale as stale:
                if stale.message != BUSY:
                    raise
            except RuleBroken as refusal:
                return refusal.message
            else:
                return "announced"
        return BUSY

    return at_once(office.app, len(ids), announces)


def granted() -> Decimal:
    db.session.rollback()
    rows = select(AwardGrant.amount).where(AwardGrant.state == "announced")
    return sum(db.session.scalars(rows), Decimal(0))


def test_fifty_who_grant_at_once_share_one_cap(either_award_office: AwardOffice) -> None:
    """Two calls, so that the cap alone keeps them apart: 50,000 each, at most 1,000,000 a year."""
    office = either_award_office
    ids = []
    for n in range(2):
        call = office.calls("AW11", mode=CallMode.DIRECT)
        ids += [office.batch(case) for case in confirmed(office, call, "AW11", MANY // 2, first=n * 100)]
    told = announced_at_once(office, ids)
    assert granted() == 1_000_000
    assert (told.count("announced"), told.count("%(name)s 的年度上限已经用完，请移出本批")) == (20, 30)
    account = db.session.scalars(select(CapAccount)).one()
    assert account.used == sum(e.amount for e in db.session.scalars(select(CapEntry))) == 1_000_000
    states = [a.case.state for a in db.session.scalars(select(AwardApplication))]
    assert (states.count("announced"), states.count("recommended")) == (20, 30), "nobody is lost"


def test_fifty_who_grant_at_once_share_one_budget(either_award_office: AwardOffice) -> None:
    office = either_award_office
    call = office.calls("AW09", mode=CallMode.DIRECT, budget=Decimal(2_000_000))
    ids = [office.batch(case) for case in confirmed(office, call, "AW09", MANY)]
    told = announced_at_once(office, ids)
    assert granted() == 2_000_000
    assert told.count("announced") == 10
    assert db.session.get_one(AwardCall, call.id).committed == 2_000_000
    approved = [i for i, one in zip(ids, told, strict=True) if one == "announced"]
    office.notice_ends(approved[0])
    director = office.director.id

    def approves(n: int) -> str:
        for _ in range(TRIES):
            try:
                with changing(db.session):
                    batch = db.session.get_one(AwardBatch, approved[n % len(approved)])
                    batches.approve(db.session(), batch, by=db.session.get_one(User, director))
            except Stale as stale:
                if stale.message != BUSY:
                    return "stale"
            else:
                return "approved"
        return BUSY

    twice = at_once(office.app, 2 * len(approved), approves)
    assert (twice.count("approved"), twice.count("stale")) == (10, 10)
    db.session.rollback()
    states = list(db.session.scalars(select(AwardGrant.state).where(AwardGrant.batch_id.in_(approved))))
    assert states == ["approved"] * 10


def test_what_is_paid_never_passes_what_was_promised(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW09", mode=CallMode.DIRECT)
    cases = confirmed(office, call, "AW09", 3)
    office.approved(*cases)
    call_id = call.id
    lists = at_once(office.app, 2, lambda _n: _one_list(office, call_id))
    assert sorted(lists) == ["made", "没有待拨付的项目"]


def test_lists_of_two_calls_made_at_once_never_share_a_number(either_award_office: AwardOffice) -> None:
    office = either_award_office
    calls = [office.calls("AW09", mode=CallMode.DIRECT) for _ in range(2)]
    for n, call in enumerate(calls):
        office.approved(*confirmed(office, call, "AW09", 1, first=n * 10))
    ids = [call.id for call in calls]

    def makes(n: int) -> str:
        for _ in range(TRIES):
            try:
                return _one_list(office, ids[n])
            except Stale as stale:
                assert stale.message in (BUSY, LISTED), stale.message
        return BUSY

    assert at_once(office.app, 2, makes) == ["made", "made"]
    numbers = select(PaymentList.number).order_by(PaymentList.number)
    assert list(db.session.scalars(numbers)) == ["BF20260001", "BF20260002"]


def test_the_numbers_of_lists_begin_anew_each_year(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    call = office.calls("AW09", mode=CallMode.DIRECT)
    one, other = confirmed(office, call, "AW09", 2)
    office.approved(one)
    assert office.payment_list(office.lists(call)).number == "BF20260001"
    office.approved(other)
    today.is_at("2027-01-04 10:00")
    assert office.payment_list(office.lists(call)).number == "BF20270001"


def _one_list(office: AwardOffice, call_id: int) -> str:
    try:
        with changing(db.session):
            call = db.session.get_one(AwardCall, call_id)
            paying.make_list(db.session(), call, by=db.session.get_one(User, office.purse.id))
    except RuleBroken as refusal:
        return refusal.message
    return "made"


@pytest.mark.parametrize("frees", ["frees", "keeps"])
def test_what_is_taken_out_frees_its_cap_where_the_office_says_so(award_office: AwardOffice, frees: str) -> None:
    office = award_office
    with changing(db.session):
        settings.put(db.session(), "award.reversed", frees)
    call = office.calls("AW11", mode=CallMode.DIRECT)
    (case,) = confirmed(office, call, "AW11", 1)
    batch = office.batch(case)
    office.announces(batch)
    office.takes_out(batch, case, "合同不真实")
    left = Decimal(0) if frees == "frees" else Decimal(50_000)
    assert db.session.scalars(select(CapAccount)).one().used == left
    assert db.session.get_one(AwardCall, call.id).committed == left
