"""After the payment: what the money has done, taking it back, and who may not apply for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.awards.recovery import RecoveryGround, barred_until
from app.models import ApplicantBar, AwardEvaluation, AwardRecovery, CapAccount, db
from app.services import settings
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.awarding import AwardOffice
from tests.flows.office import Case

FALSE = {"ground": "false_filing", "amount": "150000.00", "reason": "合同系伪造，没有真实交易", "files": []}


@pytest.fixture
def paid(award_office: AwardOffice) -> Case:
    """Return an application that was paid 150,000 yuan."""
    case = award_office.supported(award_office.calls("AW11"), "AW11")
    award_office.paid(case)
    return case


def ordered(office: AwardOffice, case: Case, **changes: Any) -> None:
    office.purse.acts(case, "propose_recovery", **{**FALSE, **changes})
    office.director.acts(case, "decide_recovery", ordered=True, days=30, reason="事实清楚，依法追回")


@pytest.mark.parametrize(
    ("ground", "until"),
    [
        (RecoveryGround.FALSE_FILING, date(2031, 3, 2)),
        (RecoveryGround.DISHONESTY, date(2029, 3, 2)),
        (RecoveryGround.MISUSE, None),
        (RecoveryGround.MISTAKE, None),
    ],
)
def test_a_bar_lasts_as_long_as_its_ground_says(ground: RecoveryGround, until: date | None) -> None:
    assert barred_until(ground, date(2026, 3, 2)) == until
    assert barred_until(RecoveryGround.FALSE_FILING, date(2028, 2, 29)) == date(2033, 2, 28)


def test_money_is_taken_back_by_two_and_repaid_in_parts(award_office: AwardOffice, paid: Case) -> None:
    office = award_office
    ordered(office, paid)
    seen = paid.seen_by(office.requester)
    assert "award_recovery_notice" in [d["kind"] for d in seen["documents"]]
    office.purse.acts(paid, "record_repayment", amount="100000.00", on="2026-03-02", files=[])
    too_much = office.purse.acts(paid, "record_repayment", 422, amount="50000.01", on="2026-03-02", files=[])
    assert "amount" in too_much["errors"]
    office.purse.acts(paid, "record_repayment", amount="50000.00", on="2026-03-02", files=[])
    row = db.session.scalars(select(AwardRecovery)).one()
    assert (row.state, row.repaid) == ("repaid", 150_000)
    assert db.session.scalars(select(CapAccount)).one().used == 150_000, "false filing frees no cap"


def test_what_comes_back_frees_the_cap_where_the_office_says_so(award_office: AwardOffice, paid: Case) -> None:
    office = award_office
    with changing(db.session):
        settings.put(db.session(), "award.clawed_back", "frees")
    ordered(office, paid, ground="mistake")
    office.purse.acts(paid, "record_repayment", amount="150000.00", on="2026-03-02", files=[])
    assert db.session.scalars(select(CapAccount)).one().used == 0
    assert db.session.scalars(select(ApplicantBar)).all() == []


def test_whoever_filed_falsely_may_not_apply_for_five_years(
    award_office: AwardOffice, paid: Case, today: Today
) -> None:
    office = award_office
    ordered(office, paid)
    last = db.session.scalars(select(ApplicantBar)).one().last
    call = office.calls("AW02")
    problem = office.applies(call, "AW02", expects=422)
    assert "organization" in problem["errors"]
    _, bad = office.loads_list(office.direct(), [office.listed()])
    assert "停止申报" in str(bad[0].refusal)
    today.is_at(f"{last.isoformat()} 23:00")
    assert last.year == 2031


def test_nobody_decides_what_they_proposed_and_only_once(award_office: AwardOffice, paid: Case) -> None:
    office = award_office
    office.purse.acts(paid, "propose_recovery", **FALSE)
    office.purse.acts(paid, "propose_recovery", 409, **FALSE)
    office.reviewers[0].acts(paid, "decide_recovery", 403, ordered=True, days=30, reason="事实清楚")
    office.director.acts(paid, "decide_recovery", ordered=False, reason="证据不足，不予追回")
    office.director.acts(paid, "decide_recovery", 409, ordered=True, days=30, reason="事实清楚，追回")
    assert db.session.scalars(select(ApplicantBar)).all() == []


@pytest.mark.parametrize("amount", ["0", "150000.01", "-5"])
def test_no_more_is_taken_back_than_was_paid(award_office: AwardOffice, paid: Case, amount: str) -> None:
    problem = award_office.purse.acts(paid, "propose_recovery", 422, **{**FALSE, "amount": amount})
    assert "amount" in problem["errors"]


def test_what_was_not_paid_is_not_taken_back(award_office: AwardOffice) -> None:
    office = award_office
    case = office.supported(office.calls("AW02"), "AW02")
    office.purse.acts(case, "propose_recovery", 409, **FALSE)
    office.requester.acts(case, "propose_recovery", 403, **FALSE)


def test_an_evaluation_is_kept_and_the_unit_is_not_told(award_office: AwardOffice, paid: Case) -> None:
    office = award_office
    office.reviewers[0].acts(paid, "record_evaluation", effect="partly", text="实施进度慢于计划", files=[])
    assert db.session.scalars(select(AwardEvaluation)).one().effect == "partly"
    assert "实施进度慢" not in str(paid.seen_by(office.requester))
