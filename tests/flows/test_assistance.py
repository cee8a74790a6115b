"""A request for help by a member of the roster, on every way that it can go."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import Assistance, Organization, db
from app.services import settings
from tests.conftest import Today
from tests.flows.assisting import LiaisonOffice
from tests.flows.office import Case


def row(case: Case) -> Assistance:
    db.session.rollback()
    return db.session.get_one(Assistance, case.id)


def told(problem: Any) -> str:
    return str(problem["errors"])


def test_a_member_asks_is_answered_and_says_that_it_is_solved(either_liaison_office: LiaisonOffice) -> None:
    office = either_liaison_office
    case = office.asks(files=[office.requester.uploads("贷款合同.pdf")])
    assert "诉" in case.number
    seen = case.seen_by(office.keeper)
    assert (seen["state"], [t["key"] for t in seen["tasks"]]) == ("assigning", ["assign_assistance"])
    assert seen["title"].endswith("融资诉求")
    office.keeper.answers(case, "assign_assistance", assignment="liaison", liaison=office.liaison.id)
    assert case.seen_by(office.liaison)["state"] == "handling"
    office.second_liaison.sees(f"/cases/{case.id}", 404)
    files = [office.liaison.uploads("对接记录.pdf")]
    office.liaison.answers(case, "handle_assistance", handling="answer", answer="已对接两家银行。", files=files)
    assert case.seen_by(office.requester)["state"] == "rating"
    office.requester.answers(case, "rate_assistance", solved=True, rating=5, remark="很及时")
    seen = case.seen_by(office.requester)
    assert seen["state"] == "solved"
    assert [d["kind"] for d in seen["documents"]] == ["assistance_material", "assistance_answer"]
    kept = row(case)
    assert (kept.rating, kept.solved, kept.remark, kept.reopened) == (5, True, "很及时", False)
    assert (kept.assignee_id, kept.answer) == (office.liaison.id, "已对接两家银行。")


def test_what_is_not_solved_goes_back_once_to_whoever_had_it(either_liaison_office: LiaisonOffice) -> None:
    office = either_liaison_office
    case = office.answered()
    assert "remark" in told(office.requester.answers(case, "rate_assistance", 422, solved=False, rating=2))
    office.requester.answers(case, "rate_assistance", solved=False, rating=2, remark="银行没有来")
    seen = case.seen_by(office.liaison)
    assert (seen["state"], [t["key"] for t in seen["tasks"]]) == ("handling", ["handle_assistance"])
    office.liaison.answers(case, "handle_assistance", handling="answer", answer="另外对接了一家担保机构。")
    office.requester.answers(case, "rate_assistance", solved=False, rating=1, remark="仍然没有解决")
    assert case.seen_by(office.requester)["state"] == "unsolved"
    assert (row(case).reopened, row(case).rating) == (True, 1)


def test_a_request_is_referred_and_followed_by_who_keeps_the_roster(either_liaison_office: LiaisonOffice) -> None:
    office = either_liaison_office
    case = office.asks(need="talent")
    bad = office.keeper.answers(case, "assign_assistance", 422, assignment="refer")
    assert {"referral", "referred_to"} <= set(bad["errors"])
    office.keeper.answers(
        case, "assign_assistance", assignment="refer", referral="conference", referred_to="市人力资源和社会保障局"
    )
    assert row(case).referred_to == "市人力资源和社会保障局"
    seen = case.seen_by(office.keeper)
    assert [t["key"] for t in seen["tasks"]] == ["follow_referral"]
    office.keeper.answers(case, "follow_referral", handling="answer", answer="人社局已答复：可申请专项。")
    office.requester.answers(case, "rate_assistance", solved=False, rating=2, remark="还没有办成")
    assert [t["key"] for t in case.seen_by(office.keeper)["tasks"]] == ["follow_referral"]


def test_who_hands_it_back_says_why_and_another_has_it(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    case = office.assigned()
    assert "reason" in told(office.liaison.answers(case, "handle_assistance", 422, handling="hand_back"))
    office.liaison.answers(case, "handle_assistance", handling="hand_back", reason="不熟悉融资政策")
    seen = case.seen_by(office.requester)
    assert (seen["state"], row(case).assignee_id) == ("assigning", None)
    assert "help_handed_back" not in [e["kind"] for e in seen["events"]]
    office.keeper.answers(case, "assign_assistance", assignment="liaison", liaison=office.second_liaison.id)
    assert row(case).assignee_id == office.second_liaison.id
    office.second_liaison.answers(case, "handle_assistance", handling="answer", answer="已经联系银行。")


def test_silence_closes_it(liaison_office: LiaisonOffice, today: Today) -> None:
    case = liaison_office.answered()
    liaison_office.let_pass(today, 20)
    assert case.seen_by(liaison_office.requester)["state"] == "unrated"
    assert row(case).rating is None


def test_a_member_withdraws_at_any_time_before_the_end(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    case = office.assigned()
    office.stranger.acts(case, "withdraw_assistance", 404)
    office.requester.acts(case, "withdraw_assistance", reason="已经自行解决")
    seen = case.seen_by(office.requester)
    assert (seen["state"], seen["tasks"]) == ("withdrawn", [])
    office.requester.acts(case, "withdraw_assistance", 409, reason="再撤一次")


def test_more_time_is_given_once(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    case = office.asks()
    office.keeper.acts(case, "extend_assistance", 409, reason="还没有派单")
    office.keeper.answers(case, "assign_assistance", assignment="liaison", liaison=office.liaison.id)
    due = case.seen_by(office.keeper)["deadlines"]
    office.liaison.acts(case, "extend_assistance", 403, reason="需要金融部门配合")
    office.keeper.acts(case, "extend_assistance", reason="需要金融部门配合")
    after = case.seen_by(office.keeper)["deadlines"]
    assert max(d["due"] for d in after) > max(d["due"] for d in due)
    office.keeper.acts(case, "extend_assistance", 422, reason="再延长一次")


def test_another_liaison_takes_it_over(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    case = office.assigned()
    office.liaison.acts(case, "reassign_assistance", 403, liaison=office.second_liaison.id, reason="休假")
    office.keeper.acts(case, "reassign_assistance", liaison=office.second_liaison.id, reason="原承办人休假")
    assert "liaison" in told(
        office.keeper.acts(case, "reassign_assistance", 422, liaison=office.second_liaison.id, reason="再派")
    )
    assert len(case.seen_by(office.keeper)["tasks"]) == 1
    office.second_liaison.answers(case, "handle_assistance", handling="answer", answer="已经联系银行。")
    assert row(case).assignee_id == office.second_liaison.id


def test_a_liaison_registers_for_a_member_in_their_care_and_for_no_other(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    case = office.asks(by=office.liaison)
    assert case.seen_by(office.requester)["state"] == case.seen_by(office.liaison)["state"] == "assigning"
    office.keeper.answers(case, "assign_assistance", assignment="liaison", liaison=office.second_liaison.id)
    assert case.seen_by(office.liaison)["tasks"][0]["key"] == "handle_assistance"
    assert "organization" in office.asks(422, by=office.second_liaison)["errors"]
    assert office.asks(by=office.keeper, wanted="想了解知识产权资助政策的申报时间").id
    office.asks(403, by=office.clerk)


def test_who_is_not_on_the_roster_cannot_register(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    problem = office.asks(422, by=office.respondent, organization=office.responding.id)
    assert "不在培优名录中" in str(problem["errors"]["organization"])
    office.asks(422, by=office.respondent)  # somebody else's unit is not on their list
    assert db.session.query(Assistance).count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"need": "money"}, "need"), ({"wanted": "帮忙"}, "wanted"), ({"organization": None}, "organization")],
)
def test_bad_input_opens_nothing(liaison_office: LiaisonOffice, changes: dict[str, Any], field: str) -> None:
    assert field in liaison_office.asks(422, **changes)["errors"]
    assert db.session.query(Assistance).count() == 0


def test_a_liaison_with_a_tie_to_the_unit_cannot_take_it(liaison_office: LiaisonOffice) -> None:
    office = liaison_office
    case = office.asks()
    user = office.user(office.second_liaison)
    user.employer = db.session.get_one(Organization, office.requesting.id).name
    db.session.commit()
    problem = office.keeper.answers(
        case, "assign_assistance", 422, assignment="liaison", liaison=office.second_liaison.id
    )
    assert "liaison" in problem["errors"]


def test_the_words_of_the_number_are_the_offices(liaison_office: LiaisonOffice) -> None:
    settings.put(db.session(), "number.kind.assistance", "诉求")
    db.session.commit()
    assert "诉求" in liaison_office.asks().number
