"""The yearly review of the members of the roster, and what is watched for in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.domain.errors import NotAllowed, RuleBroken, Stale
from app.domain.roster.members import Bar, Exit
from app.jobs import run_due
from app.models import Organization, RosterBar, RosterBatch, RosterReview, db
from app.queries import roster
from app.services.changing import changing
from app.services.roster import announcing, barring, reviewing
from app.services.roster.barring import Entry
from tests.conftest import Today
from tests.factories import notices as some
from tests.flows.office import Case
from tests.flows.rostering import RosterOffice


def told(problem: Any) -> str:
    return str(problem["errors"])


def names() -> list[str]:
    db.session.rollback()
    return [one.organization.name for one in roster.members(db.session(), clock.today())]


def barred(office: RosterOffice, kind: Bar = Bar.DISHONEST, **changes: Any) -> RosterBar:
    """Enter what bars the first company, from today for three years."""
    db.session.rollback()
    given = {
        "organization": db.session.get_one(Organization, office.requesting.id),
        "kind": kind,
        "first": clock.today(),
        "last": clock.today() + timedelta(days=3 * 365),
        "source": "国家知识产权局公告",
        **changes,
    }
    with changing(db.session):
        return barring.enter(db.session(), Entry(**given), by=office.user(office.keeper))


def works(office: RosterOffice) -> Any:
    return run_due(db.session(), office.app.config["PEIYOU"]).done


def last(office: RosterOffice, batch: RosterBatch) -> None:
    """Announce a batch, let its notice end, and conclude it."""
    office.announces(batch)
    office.notice_ends(batch)
    office.concludes(batch)


# -- the whole way -----------------------------------------------------------------------------------------------------


def test_members_are_kept_warned_and_removed(either_roster_office: RosterOffice) -> None:
    office = either_roster_office
    members = {one.organization_id: one.id for one in office.admitted(0, 1, 2)}
    batch = office.reviews()
    rows = [roster.member_for(db.session(), office.user(office.keeper), i) for i in members.values()]
    cases = [office.review_of(next(m for m in rows if m.organization_id == unit.id)) for _, unit in office.companies]
    for n, outcome in enumerate(("keep", "warn", "remove")):
        office.assessed(cases[n], outcome, n)
    office.announces(batch)
    assert office.notice(batch).columns == ["单位", "所属区", "复核结果"]
    office.notice_ends(batch)
    office.concludes(batch)
    states = [case.seen_by(person)["state"] for case, (person, _) in zip(cases, office.companies, strict=True)]
    assert states == ["kept", "warned", "removed"]
    assert set(names()) == {office.requesting.name, office.responding.name}
    gone = roster.members(db.session(), clock.today() - timedelta(days=1))
    out = next(one for one in gone if one.organization_id == office.elsewhere.id)
    assert (out.exit, out.exit_note, out.left_on) == ("review", "对照标准评定", clock.today())
    assert "roster_review_notice" in [one["kind"] for one in cases[2].seen_by(office.stranger)["documents"]]


def test_silence_does_not_stop_a_review(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    office.reviews()
    case = office.review_of(member)
    office.let_pass(today, 40)
    assert case.seen_by(office.requester)["state"] == "checking"
    office.requester.sees(f"/cases/{case.id}")
    office.liaison(case).answers(case, "check_facts", found="单位没有自评，电话核实经营正常")
    assert case.seen_by(office.keeper)["state"] == "assessing"


def test_what_is_to_be_put_right_is_examined(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    batch = office.reviews()
    case = office.review_of(member)
    office.assessed(case, "put_right", items=["建立知识产权管理制度"], days=20)
    assert case.seen_by(office.requester)["state"] == "putting_right"
    office.requester.answers(case, "put_right", explanation="已经建立制度并培训")
    office.keeper.answers(case, "examine_putting_right", done=True, reason="制度已经施行")
    last(office, batch)
    assert case.seen_by(office.requester)["state"] == "kept"


def test_who_puts_nothing_right_is_removed(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    batch = office.reviews()
    case = office.review_of(member)
    office.assessed(case, "put_right", items=["建立知识产权管理制度"], days=10)
    office.let_pass(today, 16)
    assert case.seen_by(office.keeper)["state"] == "inspecting"
    office.keeper.answers(case, "examine_putting_right", done=False, reason="没有报告，实地查看没有制度")
    last(office, batch)
    assert case.seen_by(office.requester)["state"] == "removed"
    assert names() == []
    db.session.refresh(member)
    assert member.exit == "uncorrected"


def test_an_assessment_can_be_sent_back(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    office.reviews()
    case = office.review_of(member)
    office.checked(case)
    office.keeper.answers(case, "assess_member", outcome="remove", reason="专利数量下降")
    assert "outcome" not in str(case.seen_by(office.requester)["events"])
    problem = office.director.answers(case, "approve_assessment", 422, approval="back")
    assert "退回的，请写明理由" in told(problem)
    office.director.answers(case, "approve_assessment", approval="back", reason="只有一项下降，过重")
    office.keeper.answers(case, "assess_member", outcome="warn", reason="专利数量下降")
    office.director.answers(case, "approve_assessment", approval="agree")
    assert case.seen_by(office.requester)["state"] == "recommended"


def test_what_is_to_be_put_right_has_to_be_said(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    office.reviews()
    case = office.review_of(member)
    office.checked(case)
    problem = office.keeper.answers(case, "assess_member", 422, outcome="put_right", reason="制度不健全")
    assert "请写明要整改什么" in told(problem)


# -- notice and decision -----------------------------------------------------------------------------------------------


def test_an_upheld_objection_sends_a_result_back_to_be_assessed(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    batch = office.reviews()
    case = office.review_of(member)
    office.assessed(case, "keep")
    office.announces(batch)
    objection = some.files_one(office.notice(batch), row=str(case.id))
    office.notice_ends(batch)
    with pytest.raises(RuleBroken, match="异议没有处理完毕"):
        office.concludes(batch)
    office.upholds(objection)
    assert case.seen_by(office.requester)["state"] == "assessing"
    office.concludes(batch)
    assert names() == [office.requesting.name]


def test_who_announces_a_result_does_not_conclude_it(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    batch = office.reviews()
    with pytest.raises(RuleBroken, match="还没有可以公示的复核结果"):
        office.announces(batch)
    office.assessed(office.review_of(member), "keep")
    office.announces(batch)
    with pytest.raises(Stale):
        office.concludes(batch)
    office.notice_ends(batch)
    with pytest.raises(NotAllowed):
        office.concludes(batch, by=office.keeper)
    office.concludes(batch)


def test_a_result_is_taken_out_for_a_reason(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    batch = office.reviews()
    case = office.review_of(member)
    office.assessed(case, "remove")
    office.announces(batch)
    with pytest.raises(RuleBroken, match="理由"):
        office.takes_out(batch, case, "")
    office.takes_out(batch, case, "单位补充了材料")
    assert case.seen_by(office.keeper)["state"] == "assessing"


def test_a_year_is_opened_once_for_each_member(roster_office: RosterOffice) -> None:
    office = roster_office
    office.admitted(0)
    office.reviews()
    office.reviews(title="补充复核")
    db.session.rollback()
    assert len(db.session.scalars(select(RosterReview)).all()) == 1


def test_only_the_unit_itself_its_liaison_and_who_keeps_the_roster_see_a_review(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    office.reviews()
    case = office.review_of(member)
    liaison = office.liaison(case)
    other = next(p for p in office.liaisons if p is not liaison)
    for person, status in ((office.requester, 200), (liaison, 200), (office.keeper, 200), (other, 404)):
        person.sees(f"/cases/{case.id}", status)
    for person in (office.respondent, office.clerk, office.mediator, office.evaluators[0]):
        person.sees(f"/cases/{case.id}", 404)


# -- bars and leaving --------------------------------------------------------------------------------------------------


def test_a_barred_member_is_reviewed_by_itself(either_roster_office: RosterOffice) -> None:
    office = either_roster_office
    (member,) = office.admitted(0)
    bar = barred(office)
    works(office)
    works(office)
    case = office.review_of(member)
    row = db.session.get_one(RosterReview, case.id)
    assert (row.cause, row.bar_id, row.reason) == ("bar", bar.id, "列入知识产权严重失信名单（国家知识产权局公告）")
    db.session.rollback()
    assert len(db.session.scalars(select(RosterReview)).all()) == 1
    batch = office.reviews(opens_on=clock.today() + timedelta(days=366), closes_on=clock.today() + timedelta(days=400))
    office.assessed(case, "remove")
    last(office, batch)
    db.session.refresh(member)
    assert member.exit == "dishonest"


def test_a_barred_unit_does_not_come_in(roster_office: RosterOffice, today: Today) -> None:
    office = roster_office
    batch = office.batch()
    bar = barred(office)
    works(office)
    assert db.session.scalars(select(RosterReview)).all() == []
    assert "列入知识产权严重失信名单，不能自荐" in told(office.nominates(batch, 0, 422))
    with changing(db.session):
        barring.lift(
            db.session(), db.session.get_one(RosterBar, bar.id), reason="已移出名单", by=office.user(office.keeper)
        )
    assert isinstance(office.nominates(batch, 0), Case)
    with pytest.raises(Stale), changing(db.session):
        barring.lift(
            db.session(), db.session.get_one(RosterBar, bar.id), reason="再一次", by=office.user(office.keeper)
        )


def test_a_bar_that_cannot_be_is_refused(roster_office: RosterOffice) -> None:
    office = roster_office
    with pytest.raises(RuleBroken, match="不能晚于今天"):
        barred(office, first=clock.today() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="早于起始日期"):
        barred(office, last=clock.today() - timedelta(days=1))
    barred(office)
    with pytest.raises(Stale):
        barred(office)


def test_a_review_between_the_years_is_opened_for_a_reason(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    answers = {"member": member.id, "reason": "媒体报道存在侵权"}
    answer = office.keeper.does("/cases", {"process": "roster_review", "answers": answers}, 201)
    assert answer["state"] == "self_reporting"
    again = office.keeper.does(
        "/cases", {"process": "roster_review", "answers": {**answers, "reason": "再次开始复核"}}, 422
    )
    assert "正在复核" in told(again)
    office.requester.does("/cases", {"process": "roster_review", "answers": answers}, 403)


def test_a_member_may_leave_and_its_review_ends(roster_office: RosterOffice) -> None:
    office = roster_office
    (member,) = office.admitted(0)
    office.reviews()
    case = office.review_of(member)
    with pytest.raises(RuleBroken, match="应当经过复核"), changing(db.session):
        reviewing.leave(db.session(), member, Exit.DISHONEST, note="", by=office.user(office.director))
    with pytest.raises(NotAllowed), changing(db.session):
        reviewing.leave(db.session(), member, Exit.ITS_OWN_WISH, note="单位来函", by=office.user(office.keeper))
    with changing(db.session):
        reviewing.leave(db.session(), member, Exit.ITS_OWN_WISH, note="单位来函", by=office.user(office.director))
    assert names() == []
    assert case.seen_by(office.requester)["state"] == "removed"


def test_a_batch_of_reviews_is_published_by_another(roster_office: RosterOffice) -> None:
    office = roster_office
    office.admitted(0)
    batch = office.reviews()
    with pytest.raises(Stale), changing(db.session):
        announcing.publish(db.session(), db.session.get_one(RosterBatch, batch.id), by=office.user(office.director))
