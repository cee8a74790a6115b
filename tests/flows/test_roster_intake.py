"""A nomination for the roster from the first day to admission, and every other way it can go."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.domain import draws
from app.domain.errors import NotAllowed, RuleBroken, Stale
from app.domain.roster.shortlist import Quota, Share
from app.models import Draw, Nomination, Organization, RosterBatch, User, db
from app.queries import roster
from app.queries.roster_batches import nomination_file
from app.services.changing import changing
from app.services.roster import batches
from tests.conftest import Today
from tests.factories import notices as some
from tests.flows.rostering import TERMS, RosterOffice


def told(problem: Any) -> str:
    return str(problem["errors"])


def names() -> list[str]:
    return [one.organization.name for one in roster.members(db.session(), clock.today())]


# -- the whole way -----------------------------------------------------------------------------------------------------


def test_a_unit_goes_from_its_nomination_onto_the_roster(either_roster_office: RosterOffice) -> None:
    office = either_roster_office
    batch = office.batch()
    case = office.nominates(batch)
    assert case.seen_by(office.keeper)["state"] == "requested"
    office.keeper.answers(case, "nomination_formality", check="accept")
    office.scores(case, 80, 85, 90)
    assert case.seen_by(office.keeper)["state"] == "scored"
    office.closes(batch)
    office.announces(batch)
    assert case.seen_by(office.requester)["state"] == "announced"
    office.notice_ends(batch)
    office.concludes(batch)
    assert case.seen_by(office.requester)["state"] == "admitted"
    member = roster.members(db.session(), clock.today())[0]
    assert (member.organization_id, member.entry, member.entry_note) == (
        office.requesting.id,
        "nominated",
        "2026 年度培优名录",
    )
    assert member.liaison_id == office.liaisons[0].id
    papers = [one["kind"] for one in case.seen_by(office.requester)["documents"]]
    assert papers == ["roster_evidence", "roster_receipt", "roster_result_notice"]


def test_the_best_come_in_and_the_others_learn_why_not(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch(quota=Quota(1))
    best, good, weak = (office.scored(batch, n, (points,) * 3) for n, points in enumerate((90, 85, 40)))
    office.closes(batch)
    office.announces(batch)
    assert best.seen_by(office.requester)["state"] == "announced"
    assert good.seen_by(office.respondent)["state"] == "not_chosen"
    assert weak.seen_by(office.stranger)["state"] == "not_chosen"
    standing = {row.case_id: row.standing for row in db.session.scalars(select(Nomination))}
    assert standing == {best.id: "chosen", good.id: "places", weak.id: "below"}


def test_a_district_has_its_reserved_place(roster_office: RosterOffice) -> None:
    office = roster_office
    other = office.districts[1]
    batch = office.batch(quota=Quota(1, {str(other.id): Share(least=1)}))
    best, reserved = office.scored(batch, 0, (95,) * 3), office.scored(batch, 1, (70,) * 3, district=other.id)
    office.closes(batch)
    office.announces(batch)
    assert best.seen_by(office.requester)["state"] == "not_chosen"
    assert db.session.get_one(Nomination, reserved.id).standing == "reserved"


# -- formality ---------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for_once(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    case = office.nominates(office.batch())
    office.keeper.answers(case, "nomination_formality", check="correct", items=["缺专利清单"], days=10)
    assert [d["due"] for d in case.seen_by(office.keeper)["deadlines"] if d["rule"] == "roster.correction"] == [
        "2026-03-16"
    ]
    office.requester.answers(case, "correct_nomination", explanation="补交专利清单", files=[])
    problem = office.keeper.answers(case, "nomination_formality", 422, check="correct", items=["还缺"], days=5)
    assert "check" in problem["errors"]
    office.keeper.answers(case, "nomination_formality", check="refuse", grounds=["untrue"], explanation="数字不符")
    assert case.seen_by(office.requester)["state"] == "refused"
    again = office.nominates(db.session.get_one(RosterBatch, db.session.get_one(Nomination, case.id).batch_id))
    assert again.id != case.id


def test_silence_ends_a_nomination_that_lacks_something(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    case = office.nominates(office.batch())
    office.keeper.answers(case, "nomination_formality", check="correct", items=["缺专利清单"], days=5)
    office.let_pass(today, 9)
    assert case.seen_by(office.requester)["state"] == "refused_uncorrected"


def test_other_needs_words(roster_office: RosterOffice) -> None:
    case = roster_office.nominates(roster_office.batch())
    problem = roster_office.keeper.answers(
        case, "nomination_formality", 422, check="refuse", grounds=["other"], explanation=""
    )
    assert "请写明不予受理的具体理由" in told(problem)


def test_who_cannot_be_on_the_roster_is_told_beside_the_field(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    batch = office.batch()
    office.nominates(batch)
    assert "已经自荐" in told(office.nominates(batch, 0, 422))
    unit = db.session.get_one(Organization, office.responding.id)
    unit.kind = "association"
    db.session.commit()
    assert "不是企业或者科研机构" in told(office.nominates(batch, 1, 422))
    assert "0" in told(office.nominates(batch, 2, 422, inventions=-1))
    office.closes(batch)
    assert "截止" in told(office.nominates(batch, 2, 422)) or "batch" in office.nominates(batch, 2, 422)["errors"]


def test_a_member_does_not_nominate_itself_again(roster_office: RosterOffice) -> None:
    office = roster_office
    office.admitted(0)
    start = clock.today()
    batch = office.batch(title="第二批", opens_on=start, closes_on=start.replace(month=12))
    assert "已在名录中" in told(office.nominates(batch, 0, 422))


def test_nobody_nominates_another_unit(roster_office: RosterOffice) -> None:
    office = roster_office
    problem = office.nominates(office.batch(), 0, 422, organization=office.responding.id)
    assert "organization" in problem["errors"]


def test_a_nomination_can_be_withdrawn_until_it_is_decided(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch()
    case = office.scored(batch)
    office.closes(batch)
    office.announces(batch)
    office.respondent.acts(case, "withdraw_nomination", 404, reason="不想参加")
    office.requester.acts(case, "withdraw_nomination", reason="经营调整")
    assert case.seen_by(office.requester)["state"] == "withdrawn"
    office.notice_ends(batch)
    office.concludes(batch)
    assert names() == []


# -- evaluation --------------------------------------------------------------------------------------------------------


def test_evaluators_are_drawn_free_of_conflict_and_the_draw_can_be_repeated(roster_office: RosterOffice) -> None:
    office = roster_office
    employee = office.evaluators[0]
    db.session.get_one(User, employee.id).employer = office.requesting.name
    db.session.commit()
    office.relates(office.evaluators[1], office.requesting)
    case = office.accepted(office.batch())
    drawn = office.drawn(case)
    assert {p.id for p in drawn} == {p.id for p in office.evaluators[2:]}
    row = db.session.scalars(select(Draw).where(Draw.case_id == case.id)).one()
    assert [one["id"] for one in row.candidates] == [p.id for p in office.evaluators[2:]]
    assert [one["id"] for one in row.drawn] == draws.draw([one["id"] for one in row.candidates], 3, row.seed)


def test_too_few_evaluators_keep_a_nomination_from_being_accepted(roster_office: RosterOffice) -> None:
    office = roster_office
    for one in office.evaluators[:3]:
        office.relates(one, office.requesting)
    case = office.nominates(office.batch())
    problem = office.keeper.answers(case, "nomination_formality", 422, check="accept")
    assert "评审人员不足" in str(problem)
    assert case.seen_by(office.keeper)["state"] == "requested"


def test_nobody_reads_another_evaluators_score(roster_office: RosterOffice) -> None:
    office = roster_office
    case = office.accepted(office.batch())
    first, second, third = office.drawn(case)
    first.answers(case, "evaluate", points=office.sheet(case, 70), text="首位评审意见", free=True)

    def read_by(person: Any) -> int:
        db.session.rollback()
        user = db.session.get_one(User, person.id)
        found = nomination_file(db.session(), user, db.session.get_one(Nomination, case.id).case)
        assert found is not None
        return len(found.scores)

    assert [read_by(one) for one in (first, second, office.keeper, office.requester)] == [1, 0, 0, 0]
    for person in (second, third):
        person.answers(case, "evaluate", points=office.sheet(case, 90), text="同意列入名录", free=True)
    assert [read_by(one) for one in (first, second, office.keeper, office.requester)] == [1, 1, 3, 0]


def test_every_indicator_is_scored_once_by_who_was_drawn(roster_office: RosterOffice) -> None:
    office = roster_office
    case = office.accepted(office.batch())
    first, second, _ = office.drawn(case)
    short = office.sheet(case, 70)[1:]
    problem = first.answers(case, "evaluate", 422, points=short, text="符合入库标准", free=True)
    assert "请对每一项评分" in told(problem)
    problem = first.answers(case, "evaluate", 422, points=[*short, short[0]], text="符合入库标准", free=True)
    assert "同一项只填写一次" in told(problem)
    many = [{**one, "points": 101} for one in office.sheet(case, 70)]
    first.answers(case, "evaluate", 422, points=many, text="符合入库标准", free=True)
    left = next(p for p in office.evaluators if p not in office.drawn(case))
    task = case.task("evaluate", first)
    left.does(f"/tasks/{task}/complete", {"answers": {}}, 404)
    second.does(
        f"/tasks/{task}/complete",
        {"answers": {"points": office.sheet(case, 70), "text": "代别人评分", "free": True}},
        403,
    )


def test_an_evaluator_with_a_conflict_steps_aside_and_another_is_drawn(roster_office: RosterOffice) -> None:
    office = roster_office
    case = office.accepted(office.batch())
    first, *others = office.drawn(case)
    office.keeper.acts(case, "step_aside", 403, reason="不是评审人员")
    first.acts(case, "step_aside", 204, reason="曾任该单位顾问")
    now = office.drawn(case)
    assert first not in now and len(now) == 3 and {p.id for p in others} < {p.id for p in now}
    first.sees(f"/cases/{case.id}", 404)
    now[0].answers(case, "evaluate", points=office.sheet(case, 70), text="符合入库标准", free=True)
    problem = now[0].acts(case, "step_aside", 422, reason="现在才说")
    assert "已经提交评分" in told(problem)


# -- shortlist, notice, admission ---------------------------------------------------------------------------------------


def test_the_shortlist_waits_for_the_last_day_and_the_last_score(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch()
    office.scored(batch)
    office.accepted(batch, 1)
    with pytest.raises(RuleBroken, match="申报截止以后"):
        office.announces(batch)
    office.closes(batch)
    with pytest.raises(RuleBroken, match="还有 1 家单位没有评审完毕"):
        office.announces(batch)


def test_who_announces_does_not_conclude_and_never_before_the_notice_is_over(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch()
    office.scored(batch)
    office.closes(batch)
    office.announces(batch)
    with pytest.raises(Stale):
        office.announces(batch)
    with pytest.raises(Stale):
        office.concludes(batch)
    office.notice_ends(batch)
    with pytest.raises(NotAllowed):
        office.concludes(batch, by=office.keeper)
    office.concludes(batch)
    with pytest.raises(Stale):
        office.concludes(batch)
    assert names() == [office.requesting.name]


def test_an_upheld_objection_keeps_a_unit_out(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch()
    case, other = office.scored(batch), office.scored(batch, 1)
    office.closes(batch)
    office.announces(batch)
    objection = some.files_one(office.notice(batch), row=str(case.id))
    office.notice_ends(batch)
    with pytest.raises(RuleBroken, match="异议没有处理完毕"):
        office.concludes(batch)
    office.upholds(objection)
    assert case.seen_by(office.requester)["state"] == "not_chosen"
    office.concludes(batch)
    assert names() == [office.responding.name]
    assert other.seen_by(office.respondent)["state"] == "admitted"


def test_a_unit_is_taken_off_the_shortlist_for_a_reason(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch()
    case = office.scored(batch)
    office.closes(batch)
    office.announces(batch)
    with pytest.raises(RuleBroken, match="理由"):
        office.takes_out(batch, case, "")
    office.takes_out(batch, case, "公示期间发现填报不实")
    with pytest.raises(Stale):
        office.takes_out(batch, case, "再移出一次")
    assert case.seen_by(office.requester)["state"] == "not_chosen"
    office.notice_ends(batch)
    office.concludes(batch)
    assert names() == []


def test_where_nobody_passes_nothing_is_announced(roster_office: RosterOffice) -> None:
    office = roster_office
    batch = office.batch()
    case = office.scored(batch, 0, (30, 30, 30))
    office.closes(batch)
    office.announces(batch)
    assert case.seen_by(office.requester)["state"] == "not_chosen"
    assert db.session.get_one(RosterBatch, batch.id).phase == "discarded"


def test_one_person_does_not_draw_up_and_publish(roster_office: RosterOffice) -> None:
    office = roster_office
    with pytest.raises(NotAllowed), changing(db.session):
        batches.begin(db.session(), TERMS, by=office.user(office.director))
