"""An application for an award from the first day to the receipt, and every other way it can go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from stdnum import luhn

from app import clock
from app.domain import draws
from app.domain.awards import grants
from app.domain.awards.grants import Claim
from app.domain.errors import NotAllowed, RuleBroken, Stale
from app.models import AwardApplication, AwardCall, CapAccount, CapEntry, Draw, Organization, db
from app.services.awards import paying
from tests.conftest import Today
from tests.flows.awarding import KINDS_OF, LINES, AwardOffice

CARD = "622202131300111401" + luhn.calc_check_digit("622202131300111401")
DEAL = {"name": "一种陶瓷砖防滑结构", "number": "粤佛许〔2026〕12号", "on": "2026-01-15"}


def kind_is(office: AwardOffice, kind: str) -> None:
    """Let the company be of another kind."""
    db.session.rollback()
    db.session.get_one(Organization, office.requesting.id).kind = kind
    db.session.commit()


def told(problem: Any) -> str:
    return str(problem["errors"])


# -- the whole way -----------------------------------------------------------------------------------------------------


def test_an_application_goes_from_the_draft_to_the_receipt(either_award_office: AwardOffice) -> None:
    office = either_award_office
    call = office.calls("AW11")
    case = office.applies(call, "AW11")
    assert office.reviewers[0].sees(f"/cases/{case.id}")["state"] == "requested"
    office.accepts(case)
    office.requester.acts(case, "supply_papers", papers=[{"kind": "filing", "files": [office.requester.uploads()]}])
    office.officer.answers(case, "recommend", recommended=True, opinion="登记注册和经营情况属实")
    office.reviews(case)
    office.head.answers(case, "approve_review", conclusion="support")
    batch = office.batch(case)
    office.announces(batch)
    assert office.grant(case).amount == 150_000
    assert case.seen_by(office.requester)["state"] == "announced"
    office.notice_ends(batch)
    office.approves(batch)
    list_id = office.lists(call)
    assert not office.loads(list_id, office.result(list_id))
    office.requester.answers(case, "confirm_receipt", on=clock.today().isoformat())
    seen = case.seen_by(office.requester)
    assert seen["state"] == "granted"
    papers = [d["kind"] for d in seen["documents"]]
    assert papers[0] == "award_evidence" and {"award_receipt", "award_grant_notice"} <= set(papers)
    money = db.session.get_one(AwardCall, call.id)
    assert (money.committed, money.paid) == (150_000, 150_000)


@pytest.mark.parametrize("award", sorted(LINES))
def test_every_award_is_applied_for_computed_announced_and_paid(award_office: AwardOffice, award: str) -> None:
    office, line = award_office, LINES[award]
    kind_is(office, KINDS_OF.get(award, "enterprise"))
    case = office.supported(office.calls(award), award)
    office.paid(case)
    office.requester.answers(case, "confirm_receipt", on=clock.today().isoformat())
    claim = (
        Claim(base=Decimal(3_000_000))
        if line.rate
        else Claim(approved=line.each)
        if line.mode == "ceiling"
        else Claim()
    )
    assert office.grant(case).amount == grants.compute(line, claim, year=2026).amount
    assert case.seen_by(office.requester)["state"] == "granted"


def test_several_things_of_one_kind_are_awarded_together(award_office: AwardOffice) -> None:
    office = award_office
    things = [{"name": f"获奖专利{n}", "number": f"ZL 2023 1 000000{n}", "on": "2026-02-01"} for n in (1, 2, 3)]
    case = office.supported(office.calls("AW16"), "AW16", things=things)
    office.approved(case)
    assert office.grant(case).amount == 900_000


# -- formality, correction, promises -----------------------------------------------------------------------------------


def test_what_is_not_corrected_in_time_is_refused(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    case = office.applies(office.calls("AW02"), "AW02")
    office.reviewers[0].answers(case, "award_formality", check="correct", items=["缺证书"], days=5)
    office.let_pass(today, 8)
    seen = case.seen_by(office.requester)
    assert seen["state"] == "refused_uncorrected"
    assert "award_refusal_notice" in [d["kind"] for d in seen["documents"]]


def test_a_correction_is_asked_for_once_and_puts_right_what_was_wrong(award_office: AwardOffice) -> None:
    office = award_office
    case = office.applies(office.calls("AW11"), "AW11")
    reviewer = office.reviewers[0]
    reviewer.answers(case, "award_formality", check="correct", items=["价款与合同不符"], days=5)
    office.requester.answers(
        case, "correct_application", explanation="改正价款", things=[DEAL], base="2000000.00", files=[]
    )
    row = db.session.get_one(AwardApplication, case.id)
    assert (row.base, row.requested, row.things[0].number) == (2_000_000, 100_000, DEAL["number"])
    again = reviewer.answers(case, "award_formality", 422, check="correct", items=["再补"], days=5)
    assert "check" in again["errors"]
    office.accepts(case)


def test_a_refusal_says_why(award_office: AwardOffice) -> None:
    office = award_office
    case = office.applies(office.calls("AW02"), "AW02")
    reviewer = office.reviewers[0]
    assert "explanation" in told(reviewer.answers(case, "award_formality", 422, check="refuse", grounds=["other"]))
    reviewer.answers(case, "award_formality", check="refuse", grounds=["late"], explanation="获奖在 2023 年")
    assert case.seen_by(office.requester)["state"] == "refused"


def test_a_unit_that_nobody_has_verified_is_not_accepted(award_office: AwardOffice) -> None:
    office = award_office
    case = office.applies(office.calls("AW02"), "AW02")
    db.session.get_one(Organization, office.requesting.id).verified = False
    db.session.commit()
    assert "核验" in told(office.reviewers[0].answers(case, "award_formality", 422, check="accept"))


def test_a_promise_that_is_not_kept_ends_the_review(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    case = office.applies(office.calls("AW11"), "AW11")
    office.accepts(case)
    office.officer.answers(case, "recommend", recommended=True, opinion="情况属实，予以推荐")
    assert [t["key"] for t in case.seen_by(office.requester)["tasks"]] == ["supply_papers"]
    assert "papers" in told(office.requester.answers(case, "supply_papers", 422, papers=[]))
    office.let_pass(today, 16)
    assert case.seen_by(office.requester)["state"] == "promise_broken"


# -- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("award", "changes", "field"),
    [
        ("AW11", {"base": None}, "base"),
        ("AW11", {"base": "-5"}, "base"),
        ("AW11", {"base": "0"}, "base"),
        ("AW11", {"base": "9999999999999"}, "base"),
        ("AW02", {"base": "100.00"}, "base"),
        ("AW11", {"things": [{**DEAL, "on": "2024-12-31"}]}, "things-0-on"),
        ("AW11", {"things": [{**DEAL, "on": "2026-12-31"}]}, "things-0-on"),
        ("AW11", {"things": []}, "things-0-name"),
        ("AW11", {"things": [DEAL, {**DEAL, "number": "粤佛许 [2026] 12 号"}]}, "things-1-number"),
        ("AW02", {"things": [DEAL, {**DEAL, "number": "2"}]}, "things-1-number"),
        ("AW11", {"papers": []}, "papers-0-files"),
        ("AW11", {"promised": ["contract"]}, "promised"),
        ("AW11", {"account": CARD}, "account"),
        ("AW11", {"account": "12"}, "account"),
        ("AW11", {"account_name": "何云"}, "account_name"),
        ("AW11", {"applies_for": "1:AW13"}, "applies_for"),
        ("AW11", {"truth": False}, "truth"),
    ],
)
def test_bad_input_has_a_sentence_beside_its_field_and_opens_nothing(
    award_office: AwardOffice, award: str, changes: dict[str, Any], field: str
) -> None:
    office = award_office
    call = office.calls("AW02", "AW11")
    problem = office.applies(call, award, expects=422, **changes)
    assert field in problem["errors"], problem
    assert db.session.scalar(select(func.count()).select_from(AwardApplication)) == 0


def test_nobody_applies_after_the_last_day_or_for_what_is_not_for_them(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    call = office.calls("AW11", "AW20")
    assert "applies_for" in office.applies(call, "AW20", expects=422)["errors"]
    answers = office.application(call, "AW11")
    today.is_at("2026-06-30 23:59")
    office.requester.does("/cases", {"process": "award_application", "answers": answers}, 201)
    today.is_at("2026-07-01 00:00")
    problem = office.requester.does("/cases", {"process": "award_application", "answers": answers}, 422)
    assert "applies_for" in problem["errors"]


def test_the_same_application_sent_twice_is_one(award_office: AwardOffice) -> None:
    office = award_office
    answers = office.application(office.calls("AW11"), "AW11")
    office.requester.does("/cases", {"process": "award_application", "answers": answers}, 201)
    office.requester.does("/cases", {"process": "award_application", "answers": answers}, 409)


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_an_application_is_for_its_applicant_and_those_who_have_to_do_with_awards(award_office: AwardOffice) -> None:
    office = award_office
    case = office.applies(office.calls("AW02"), "AW02")
    for person in (office.requester, office.reviewers[1], office.purse, office.head, office.director, office.officer):
        person.sees(f"/cases/{case.id}")
    for person in (office.respondent, office.stranger, office.clerk, office.mediator, office.admin, office.experts[0]):
        person.sees(f"/cases/{case.id}", 404)
    dispute = office.files()
    for person in (*office.reviewers, office.purse, office.officer):
        person.sees(f"/cases/{dispute.id}", 404)


def test_a_reviewer_does_not_see_what_the_other_found(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    first, second = office.drawn(case)
    first.answers(case, "review", **office.opinion(case, text="这是第一人的秘密意见"))
    for person in (second, office.head, office.reviewers[3], office.requester):
        assert "秘密意见" not in str(person.sees(f"/cases/{case.id}"))


def test_who_was_not_drawn_does_not_review(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    drawn = office.drawn(case)
    stranger = next(r for r in office.reviewers if r not in drawn)
    stranger.answers(case, "review", 403, **office.opinion(case))


# -- review ------------------------------------------------------------------------------------------------------------


def test_a_draw_can_be_repeated_by_anybody(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    row = db.session.scalars(select(Draw).where(Draw.case_id == case.id)).one()
    again = draws.draw([one["id"] for one in row.candidates], 2, row.seed)
    assert again == [one["id"] for one in row.drawn]
    assert {p.id for p in office.drawn(case)} == set(again)


def test_where_two_differ_a_third_decides(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    office.reviews(case, {"amount": "3000000.00"}, {"amount": "2000000.00"})
    (third,) = office.drawn(case, "third_review")
    third.answers(case, "third_review", **office.opinion(case, amount="1000000.00"))
    office.head.answers(case, "approve_review", conclusion="support")
    office.approved(case)
    assert office.grant(case).amount == 50_000


def test_who_has_a_conflict_is_never_drawn(award_office: AwardOffice) -> None:
    office = award_office
    for one in office.reviewers[:2]:
        office.relates(one, office.requesting)
    call = office.calls("AW11")
    assert {p.id for p in office.drawn(office.recommended_by_others(call))} == {r.id for r in office.reviewers[2:]}


def test_too_few_reviewers_keep_a_case_where_it_is(award_office: AwardOffice) -> None:
    office = award_office
    case = office.applies(office.calls("AW11"), "AW11", **office.enough("AW11"))
    office.accepts(case)
    for one in office.reviewers[1:]:
        office.relates(one, office.requesting)
    problem = office.officer.answers(case, "recommend", 422, recommended=True, opinion="情况属实，予以推荐")
    assert "审核人员不足" in str(problem)
    assert case.seen_by(office.requester)["state"] == "recommending"


@pytest.mark.parametrize(
    ("to", "step"), [("review", "review"), ("district", "recommend"), ("formality", "award_formality")]
)
def test_the_head_of_section_sends_back_to_any_earlier_step(award_office: AwardOffice, to: str, step: str) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    before = {p.id for p in office.drawn(case)}
    office.reviews(case)
    assert "reason" in told(office.head.answers(case, "approve_review", 422, conclusion=to))
    office.head.answers(case, "approve_review", conclusion=to, reason="请核对付款凭证")
    keys = {t["key"] for t in office.head.sees(f"/cases/{case.id}")["tasks"]}
    assert keys == {step}
    if to == "review":
        assert not before & {p.id for p in office.drawn(case)}, "others review it"


def test_the_head_of_section_does_not_turn_a_review_round(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    office.reviews(case)
    assert "conclusion" in told(
        office.head.answers(case, "approve_review", 422, conclusion="reject", reason="不同意审核意见")
    )


@pytest.mark.parametrize("changes", [{"amount": "3000000.01"}, {"amount": "0"}, {"amount": None}])
def test_a_reviewer_verifies_no_more_than_was_applied_for(award_office: AwardOffice, changes: dict[str, Any]) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    assert "amount" in told(office.drawn(case)[0].answers(case, "review", 422, **office.opinion(case, **changes)))


def test_under_a_ceiling_no_more_is_approved(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW16"), "AW16")
    reviewer = office.drawn(case)[0]
    assert "approved" in told(reviewer.answers(case, "review", 422, **office.opinion(case, approved="300000.01")))
    office.reviews(case, {"approved": "250000.00"}, {"approved": "250000.00"})
    office.head.answers(case, "approve_review", conclusion="support")
    office.approved(case)
    assert office.grant(case).amount == 250_000


# -- experts -----------------------------------------------------------------------------------------------------------


def scores(*points: int) -> list[dict[str, Any]]:
    return [
        {"criterion": key, "points": one}
        for key, one in zip(("innovation", "protection", "benefit", "authenticity"), points, strict=True)
    ]


def test_experts_score_blind_and_reviewers_see_the_spread(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW16", experts=True), "AW16")
    experts = office.drawn(case, "score")
    assert len(experts) == 3
    for n, one in enumerate(experts):
        told_before = str(one.sees(f"/cases/{case.id}"))
        assert "秘密" not in told_before
        points = scores(40, 40, 40, 40) if n == 2 else scores(90, 80, 85, 95)
        one.answers(case, "score", points=points, text=f"第{n}人的秘密评语", free=True)
    assert {t["key"] for t in office.head.sees(f"/cases/{case.id}")["tasks"]} == {"review"}
    office.reviews(case)


def test_an_expert_scores_everything_and_declares_no_interest(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW16", experts=True), "AW16")
    one = office.drawn(case, "score")[0]
    assert "points" in str(
        one.answers(case, "score", 422, points=scores(1, 2, 3, 4)[:3], text="意见意见意见", free=True)
    )
    assert "free" in told(one.answers(case, "score", 422, points=scores(1, 2, 3, 4), text="意见意见意见", free=False))
    problem = one.answers(case, "score", 422, points=scores(101, 2, 3, 4), text="意见意见意见", free=True)
    assert "points-0-points" in problem["errors"]


# -- rejection ---------------------------------------------------------------------------------------------------------


def rejected(office: AwardOffice) -> Any:
    case = office.recommended(office.calls("AW11"), "AW11")
    against = {"verdict": "reject", "text": "双方有关联关系"}
    for person in office.drawn(case):
        person.answers(case, "review", **against)
    office.head.answers(case, "approve_review", conclusion="reject", reason="双方有关联关系")
    return case


def test_a_rejection_stands_where_nobody_asks(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    case = rejected(office)
    assert "award_rejection_notice" in [d["kind"] for d in case.seen_by(office.requester)["documents"]]
    office.let_pass(today, 16)
    assert case.seen_by(office.requester)["state"] == "rejected"


@pytest.mark.parametrize("answer", ["accept", "upheld", "again"])
def test_reconsideration_upholds_or_has_it_reviewed_by_others(award_office: AwardOffice, answer: str) -> None:
    office = award_office
    case = rejected(office)
    if answer == "accept":
        office.requester.answers(case, "reconsideration", reconsideration="accept")
        assert case.seen_by(office.requester)["state"] == "rejected"
        return
    office.requester.answers(case, "reconsideration", reconsideration="ask", reason="双方没有关联关系，附证明")
    office.director.answers(case, "reconsider", reconsidered=answer, reason="已核对股权关系")
    state = case.seen_by(office.requester)["state"]
    assert state == ("rejected" if answer == "upheld" else "reviewing")
    if answer == "again":
        for person in office.drawn(case):
            person.answers(case, "review", verdict="reject", text="仍有关联关系")
        office.head.answers(case, "approve_review", conclusion="reject", reason="仍有关联关系")
        again = office.requester.answers(case, "reconsideration", 422, reconsideration="ask", reason="再次申请复核")
        assert "reconsideration" in again["errors"]


# -- beside the main line ----------------------------------------------------------------------------------------------


def test_an_application_is_withdrawn_until_it_is_approved(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW11")
    one, other = office.supported(call, "AW11"), office.supported(call, "AW11", things=[DEAL])
    batch = office.batch(one, other)
    office.announces(batch)
    assert db.session.get_one(AwardCall, call.id).committed == 300_000
    office.requester.acts(one, "withdraw_application", reason="合同解除", files=[])
    assert one.seen_by(office.requester)["state"] == "withdrawn"
    assert db.session.get_one(AwardCall, call.id).committed == 150_000
    assert db.session.scalars(select(CapAccount)).one().used == 150_000
    office.notice_ends(batch)
    office.approves(batch)
    office.requester.acts(other, "withdraw_application", 409, reason="合同解除", files=[])


def test_a_reviewer_who_steps_aside_is_replaced_by_lot(award_office: AwardOffice) -> None:
    office = award_office
    case = office.recommended(office.calls("AW11"), "AW11")
    first, second = office.drawn(case)
    seats = {s["label"]: s["value"] for s in _seats(office, case)}
    seat = next(value for label, value in seats.items() if first.name in label)
    office.requester.acts(case, "recuse_reviewer", seat=seat, ground="interest", reason="其配偶在对方任职", files=[])
    first.answers(case, "review", 409, **office.opinion(case))
    office.director.answers(case, "decide_reviewer_recusal", decision="upheld", reason="情况属实")
    now = office.drawn(case)
    assert first not in now and second in now and len(now) == 2
    office.reviews(case)
    office.head.answers(case, "approve_review", conclusion="support")


def _seats(office: AwardOffice, case: Any) -> list[dict[str, Any]]:
    from app.models import CaseStaff  # the ids stand on the form of the act

    rows = db.session.scalars(select(CaseStaff).where(CaseStaff.case_id == case.id, CaseStaff.until.is_(None)))
    found = [{"label": row.user.name, "value": row.id} for row in rows]
    db.session.rollback()
    return found


# -- batches, budget, caps ---------------------------------------------------------------------------------------------


def test_a_line_that_is_taken_out_goes_back_and_frees_what_it_held(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW11")
    case = office.supported(call, "AW11")
    batch = office.batch(case)
    office.announces(batch)
    office.takes_out(batch, case, "异议成立，合同不真实")
    assert case.seen_by(office.requester)["state"] == "concluding"
    assert db.session.get_one(AwardCall, call.id).committed == 0
    assert sum(e.amount for e in db.session.scalars(select(CapEntry))) == 0
    office.head.answers(case, "approve_review", conclusion="support")
    office.approved(case)
    assert office.grant(case).amount == 150_000


def test_the_cap_of_a_year_is_shared_by_all_applications(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW11")
    first = office.supported(call, "AW11", base="12000000.00")
    office.approved(first)
    second = office.supported(call, "AW11", things=[DEAL], base="30000000.00")
    office.approved(second)
    grant = office.grant(second)
    assert (office.grant(first).amount, grant.amount) == (600_000, 400_000)
    assert [step[0] for step in grant.steps] == [
        "30,000,000 元的 5% 是 1,500,000 元",
        "年度上限 1,000,000 元",
        "2026 年已获 600,000 元，还可以给予 400,000 元",
        "给予 400,000 元",
    ]
    third = office.supported(call, "AW11", things=[{**DEAL, "number": "3"}])
    with pytest.raises(RuleBroken, match="年度上限已经用完"):
        office.announces(office.batch(third))


def test_a_batch_beyond_the_budget_is_cut_pro_rata(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW02", "AW11", budget=Decimal(1_000_000))
    one, other = office.supported(call, "AW02"), office.supported(call, "AW11", base="12000000.00")
    office.approved(one, other)
    amounts = (office.grant(one).amount, office.grant(other).amount)
    assert amounts == (769_230, 230_769)
    assert sum(amounts) <= 1_000_000


def test_a_budget_that_is_gone_refuses_in_a_sentence_and_changes_nothing(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW02", "AW03", budget=Decimal(2_000_000))
    office.approved(office.supported(call, "AW02"))
    late = office.supported(call, "AW03")
    batch = office.batch(late)
    with pytest.raises(RuleBroken, match="预算还剩 0 元"):
        office.announces(batch)
    assert late.seen_by(office.requester)["state"] == "recommended"


def test_nobody_approves_what_they_decided_or_before_the_notice_is_over(award_office: AwardOffice) -> None:
    office = award_office
    batch = office.batch(office.supported(office.calls("AW02"), "AW02"))
    office.announces(batch)
    with pytest.raises(Stale):
        office.approves(batch)
    office.notice_ends(batch)
    with pytest.raises(NotAllowed):
        office.approves(batch, by=office.reviewers[0])
    office.approves(batch)
    with pytest.raises(Stale):
        office.approves(batch)


def test_a_case_is_in_one_batch_at_a_time(award_office: AwardOffice) -> None:
    office = award_office
    case = office.supported(office.calls("AW02"), "AW02")
    office.batch(case)
    with pytest.raises(Stale):
        office.batch(case)


# -- paying ------------------------------------------------------------------------------------------------------------


def test_a_payment_that_comes_back_is_put_right_and_paid_again(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW02")
    case = office.supported(call, "AW02")
    office.approved(case)
    list_id = office.lists(call)
    receipt = paying.lines_of(office.payment_list(list_id))[0].receipt
    assert not office.loads(list_id, office.result(list_id, **{receipt: ("退票", None, "户名不符")}))
    with pytest.raises(RuleBroken, match="没有待拨付"):
        office.lists(call)
    office.requester.answers(
        case,
        "correct_account",
        account_name=office.requesting.name,
        bank="中国工商银行佛山分行",
        account="2013 0000 1234",
        files=[],
    )
    again = office.lists(call)
    assert not office.loads(again, office.result(again))
    assert case.seen_by(office.requester)["state"] == "paid"
    assert db.session.get_one(AwardCall, call.id).paid == 2_000_000


def test_a_result_is_loaded_once_and_whole(award_office: AwardOffice) -> None:
    office = award_office
    call = office.calls("AW02", "AW03")
    office.approved(office.supported(call, "AW02"), office.supported(call, "AW03"))
    list_id = office.lists(call)
    receipt = paying.lines_of(office.payment_list(list_id))[0].receipt
    bad = office.loads(list_id, office.result(list_id, **{receipt: ("到账", None, "")}))
    assert [(one.number, str(one.refusal)) for one in bad] == [(2, "结果应为“成功”或者“退票”")]
    assert db.session.get_one(AwardCall, call.id).paid == 0
    good = office.result(list_id)
    assert not office.loads(list_id, good)
    with pytest.raises(Stale):
        office.loads(list_id, good)
    assert db.session.get_one(AwardCall, call.id).paid == 3_000_000


def test_the_receipt_may_be_left_to_the_bank(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    case = office.supported(office.calls("AW02"), "AW02")
    office.paid(case)
    early = office.requester.answers(case, "confirm_receipt", 422, on="2026-03-01")
    assert "on" in early["errors"]
    office.let_pass(today, 16)
    assert case.seen_by(office.requester)["state"] == "granted"


# -- direct awards -----------------------------------------------------------------------------------------------------


def test_a_direct_award_is_confirmed_announced_and_paid(award_office: AwardOffice) -> None:
    office = award_office
    call = office.direct()
    (case,), bad = office.loads_list(call, [office.listed()])
    assert not bad
    account = {"account_name": office.requesting.name, "bank": "中国银行佛山分行", "account": "755012345678"}
    office.requester.answers(case, "confirm_grant", confirmation="confirm", files=[], **account)
    office.paid(case)
    assert office.grant(case).amount == 500_000


def test_a_unit_that_appeals_confirms_what_was_put_right(award_office: AwardOffice) -> None:
    office = award_office
    (case,), _ = office.loads_list(office.direct(), [office.listed()])
    office.requester.answers(case, "confirm_grant", confirmation="appeal", reason="文件编号写错了", files=[])
    reviewer = office.reviewers[0]
    assert "things" in told(reviewer.answers(case, "settle_appeal", 422, upheld=True, reason="编号有误，更正"))
    right = {"name": "国家知识产权示范企业", "number": "国知发运字〔2026〕8号", "on": "2026-01-20"}
    reviewer.answers(case, "settle_appeal", upheld=True, things=[right], reason="编号有误，已经更正")
    assert db.session.get_one(AwardApplication, case.id).things[0].number == right["number"]
    office.requester.answers(case, "confirm_grant", confirmation="waive", files=[])
    assert case.seen_by(office.requester)["state"] == "waived"


def test_who_does_not_confirm_in_time_gets_nothing_this_time(award_office: AwardOffice, today: Today) -> None:
    office = award_office
    (case,), _ = office.loads_list(office.direct(), [office.listed()])
    office.let_pass(today, 16)
    assert case.seen_by(office.requester)["state"] == "unconfirmed"


def test_every_bad_row_of_a_list_is_told_and_nothing_is_loaded_by_halves(award_office: AwardOffice) -> None:
    office = award_office
    rows = [
        office.listed(),
        office.listed(),
        office.listed(uscc="91440606MA5000000X"),
        office.listed(award="AW02"),
        office.listed(on="昨天"),
        office.listed(name=""),
        office.listed(number="", thing=""),
    ]
    call = office.direct()
    opened, bad = office.loads_list(call, rows)
    assert not opened
    assert [one.number for one in bad] == [3, 4, 5, 6, 7, 8]
    assert db.session.scalar(select(func.count()).select_from(AwardApplication)) == 0
    office.loads_list(call, [office.listed()])
    _, again = office.loads_list(call, [office.listed()])
    assert "已经载入过" in str(again[0].refusal)
