"""The yearly visit from the day it is set to its conclusion, and every other way it can go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.domain.errors import NotAllowed, RuleBroken, Stale
from app.domain.roster import visits
from app.domain.roster.members import Exit
from app.models import Case as CaseRow
from app.models import Membership, RosterMember, User, Visit, VisitPlan, db
from app.queries import visits as queries
from app.services.changing import changing
from app.services.roster import keeping, visit_plan
from app.services.roster.keeping import Removed
from tests.conftest import Today
from tests.flows.moment import at_once, posts
from tests.flows.office import Case
from tests.flows.visiting import VisitOffice


def told(problem: Any) -> str:
    return str(problem)


def state(office: VisitOffice, case: Case) -> str:
    return str(case.seen_by(office.keeper)["state"])


def keys(office: VisitOffice, case: Case) -> list[str]:
    return [task["key"] for task in case.seen_by(office.keeper)["tasks"]]


def due(office: VisitOffice, case: Case, rule: str) -> str:
    return str([d["due"] for d in case.seen_by(office.keeper)["deadlines"] if d["rule"] == rule][-1])


def problem_ids(office: VisitOffice, case: Case) -> list[int]:
    return [one.id for one in office.row(case).problems]


# -- the whole way -----------------------------------------------------------------------------------------------------


def test_a_visit_goes_from_the_plan_to_its_conclusion(either_visit_office: VisitOffice) -> None:
    office = either_visit_office
    case = office.begins()
    assert state(office, case) == "arranging"
    assert due(office, case, "visit.planned") == office.day(60)
    office.liaison.answers(case, "fix_visit", on=office.day(20), who="罗怡", subjects=["政策意见"])
    assert state(office, case) == "questioning"
    words = [{"question": "difficulties", "words": "缺少海外维权人才"}]
    scores = [{"question": one.key, "points": n} for n, one in enumerate(visits.CURRENT.scored, 1)]
    office.requester.answers(case, "visit_questionnaire", scores=scores, words=words)
    row = office.row(case)
    assert (row.answered_by, row.satisfaction) == ("unit", Decimal("3.00"))
    assert {one.question: one.points or one.words for one in row.answers} == {
        "liaison": 1,
        "projects": 2,
        "training": 3,
        "visits": 4,
        "policies": 5,
        "difficulties": "缺少海外维权人才",
    }
    found = [office.problem(later=30), office.problem("培训太少", later=20, owner="keeper")]
    office.liaison.answers(case, "record_visit", **office.record(*found))
    assert state(office, case) == "following_up"
    assert due(office, case, "visit.follow") == office.day(20)
    first, second = problem_ids(office, case)
    today = clock.today().isoformat()
    done = {"problem": second, "answer": "已列入下季度培训", "closed_on": today}
    office.liaison.answers(case, "follow_up", problems=[{"problem": first, "answer": "已联系专家"}, done])
    assert state(office, case) == "following_up"
    assert due(office, case, "visit.follow") == office.day(30)
    office.liaison.answers(
        case, "follow_up", problems=[{"problem": first, "answer": "专家已经上门", "closed_on": today}]
    )
    assert state(office, case) == "summing_up"
    office.concludes(case, adjusts=True, adjustment="增加海外布局辅导")
    assert state(office, case) == "visited"
    row = office.row(case)
    assert (row.adjusts, row.adjustment, row.concluded_on) == (True, "增加海外布局辅导", clock.today())
    assert [one.state for one in row.problems] == ["closed", "closed"]


def test_a_visit_that_finds_nothing_goes_to_its_conclusion(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.held()
    assert keys(office, case) == ["close_visit"]
    assert "closing" in told(office.keeper.answers(case, "close_visit", 422, closing="follow", reason="再看看"))
    office.concludes(case)
    assert (state(office, case), office.row(case).adjusts) == ("visited", False)


def test_silence_does_not_stop_the_visit(visit_office: VisitOffice, today: Today) -> None:
    office = visit_office
    case = office.fixed()
    office.let_pass(today, 16)
    assert (state(office, case), keys(office, case)) == ("visiting", ["record_visit"])
    office.liaison.answers(case, "record_visit", **office.record(scores=office.scores(5)))
    row = office.row(case)
    assert (row.answered_by, row.satisfaction) == ("liaison", Decimal("5.00"))


def test_whoever_scores_scores_everything(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.fixed()
    assert "scores" in told(office.requester.answers(case, "visit_questionnaire", 422, scores=office.scores()[:4]))
    assert "scores" in told(office.requester.answers(case, "visit_questionnaire", 422, scores=office.scores(6)))
    assert state(office, case) == "questioning"


def test_the_visit_can_be_recorded_on_its_day_without_the_questionnaire(
    visit_office: VisitOffice, today: Today
) -> None:
    office = visit_office
    case = office.fixed(later=3)
    assert "还没有到" in told(office.liaison.acts(case, "skip_questionnaire", 422, confirm=True))
    today.moves(days=3)
    office.liaison.acts(case, "skip_questionnaire", confirm=True)
    assert (state(office, case), keys(office, case)) == ("visiting", ["record_visit"])
    assert "skip_questionnaire" not in case.seen_by(office.liaison).get("acts", [])
    office.liaison.answers(case, "record_visit", **office.record())
    assert office.row(case).answered_on is None


# -- what was found ----------------------------------------------------------------------------------------------------


def test_the_follow_up_ends_after_some_rounds_and_may_be_sent_back(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.held(office.problem())
    (only,) = problem_ids(office, case)
    for _ in range(visits.MOST_ROUNDS):
        assert keys(office, case) == ["follow_up"]
        office.liaison.answers(case, "follow_up", problems=[{"problem": only, "answer": "仍在协调"}])
    assert keys(office, case) == ["close_visit"]
    assert "carried" in told(office.concludes(case, 422))
    office.keeper.answers(case, "close_visit", closing="follow", reason="请与省局联系")
    assert (state(office, case), keys(office, case)) == ("following_up", ["follow_up"])
    assert office.row(case).rounds == 0


def test_what_is_not_solved_is_carried_into_the_next_visit(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.held(office.problem())
    (only,) = problem_ids(office, case)
    for _ in range(visits.MOST_ROUNDS):
        office.liaison.answers(case, "follow_up", problems=[{"problem": only, "answer": "仍在协调"}])
    office.concludes(case, carried="明年回访时继续")
    (row,) = office.row(case).problems
    assert (row.state, row.answer, row.closed_on) == ("carried", "明年回访时继续", None)


def test_who_keeps_the_roster_adds_problems_and_gives_more_time(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.held(office.problem(later=10))
    (only,) = problem_ids(office, case)
    changed = {"dues": [{"problem": only, "due_on": office.day(40)}], "added": [office.problem("新问题", later=50)]}
    office.liaison.acts(case, "amend_problems", 403, **changed, reason="需要时间")
    office.keeper.acts(case, "amend_problems", **changed, reason="需要省局协调")
    assert [one.due_on.isoformat() for one in office.row(case).problems] == [office.day(40), office.day(50)]
    assert due(office, case, "visit.follow") == office.day(40)
    assert [t["due"] for t in case.seen_by(office.keeper)["tasks"]] == [office.day(40)]
    sooner = [{"problem": only, "due_on": office.day(5)}]
    assert "不能早于原来的期限" in told(office.keeper.acts(case, "amend_problems", 422, dues=sooner, reason="提前办"))
    assert "added" in told(office.keeper.acts(case, "amend_problems", 422, reason="没有变化"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": "2199-01-01"}, "held_on"),
        ({"summary": ""}, "summary"),
        ({"took_part": ""}, "took_part"),
        ({"problems": [{"what": "无期限", "owner": "liaison"}]}, "problems-0-due_on"),
        ({"problems": [{"what": "谁来办", "owner": "mayor", "due_on": "2199-01-01"}]}, "problems-0-owner"),
        ({"problems": [{"what": "早就过了", "owner": "liaison", "due_on": "2020-01-01"}]}, "problems-0-due_on"),
    ],
)
def test_bad_input_has_a_sentence_beside_its_field(
    visit_office: VisitOffice, changes: dict[str, Any], field: str
) -> None:
    office = visit_office
    case = office.answered()
    problem = office.liaison.answers(case, "record_visit", 422, **office.record(**changes))
    assert field in problem["errors"]
    assert office.row(case).held_on is None


# -- who sees what, and who acts ---------------------------------------------------------------------------------------


def test_the_unit_reads_the_summary_and_nothing_that_is_internal(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.held(office.problem("法定代表人涉诉"))
    seen = str(case.seen_by(office.requester))
    assert "听取了对培优政策的意见" in seen
    for internal in ("对拨付进度不满", "法定代表人涉诉", "请区局跟进", "上午去"):
        assert internal not in seen
    office.stranger.sees(f"/cases/{case.id}", 404)
    office.respondent.sees(f"/cases/{case.id}", 404)


def test_the_liaison_has_a_seat_and_the_other_one_sees_nothing(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.begins()
    assert [t["key"] for t in case.seen_by(office.liaison)["tasks"]] == ["fix_visit"]
    office.other.sees(f"/cases/{case.id}", 404)
    office.liaison.acts(case, "change_visitor", 403, to=office.other.id, reason="请同事办理")
    assert "罗怡" in told(office.keeper.acts(case, "change_visitor", 422, to=office.liaison.id, reason="写错了"))
    office.keeper.acts(case, "change_visitor", to=office.other.id, reason="原专员休假")
    task_id = case.task("fix_visit", office.liaison)
    answers = {"on": office.day(20), "who": "林直联", "subjects": ["政策意见"]}
    office.liaison.does(f"/tasks/{task_id}/complete", {"answers": answers}, 403)
    office.other.answers(case, "fix_visit", **answers)
    plan = db.session.scalars(select(VisitPlan)).one()
    assert plan.visitor_id == office.other.id


def test_only_who_keeps_the_roster_sets_a_visit(visit_office: VisitOffice) -> None:
    office = visit_office
    member = office.member()
    for person in (office.liaison, office.requester, office.clerk, office.officer):
        office.begins(403, by=person, member=member)
    assert db.session.scalar(select(Visit)) is None


def test_a_visit_is_cancelled_when_the_unit_has_left(visit_office: VisitOffice) -> None:
    office = visit_office
    case = office.fixed()
    office.liaison.acts(case, "cancel_visit", 403, ground="left", reason="单位迁出")
    office.keeper.acts(case, "cancel_visit", ground="left", reason="单位迁出")
    assert (state(office, case), keys(office, case)) == ("visit_cancelled", [])
    office.keeper.acts(case, "cancel_visit", 409, ground="other", reason="再取消一次")


# -- once a year -------------------------------------------------------------------------------------------------------


def test_a_member_is_visited_once_for_a_year(visit_office: VisitOffice, today: Today) -> None:
    office = visit_office
    office.begins()
    office.begins(409, by_day=office.day(61))
    next_year = clock.today().year + 1
    office.begins(year=next_year, by_day=f"{next_year}-06-30")
    assert len(db.session.scalars(select(Visit)).all()) == 2


def test_of_several_who_set_the_same_visit_at_once_one_does(either_visit_office: VisitOffice) -> None:
    office = either_visit_office
    answers = {"member": office.member(), "year": clock.today().year}
    office.keeper.headers()

    def sets(n: int) -> int:
        content = {"process": "visit", "answers": {**answers, "by_day": office.day(30 + n)}}
        return posts(office, office.keeper, "/cases", content, key=f"visit {n}")

    assert sorted(at_once(office.app, 4, sets)) == [201, 409, 409, 409]
    db.session.rollback()
    assert len(db.session.scalars(select(Visit)).all()) == len(db.session.scalars(select(VisitPlan)).all()) == 1


def test_the_day_lies_in_the_year_and_not_before_today(visit_office: VisitOffice) -> None:
    office = visit_office
    assert "by_day" in office.begins(422, by_day=f"{clock.today().year + 1}-01-31")["errors"]
    assert "by_day" in office.begins(422, by_day=office.day(-1))["errors"]


def test_the_plan_begins_each_visit_once(either_visit_office: VisitOffice) -> None:
    office = either_visit_office
    members = office.lets_in(office.requesting, office.unit_named("甲公司"), office.unit_named("乙公司"))
    lines = office.plans(*members)
    assert {line.visitor_id for line in lines} == {office.liaison.id}
    with pytest.raises(Stale, match="已在这一年度的回访计划中"):
        office.plans(members[0])
    year, keeper = clock.today().year, office.user(office.keeper)
    with changing(db.session):
        visit_plan.begin(db.session(), queries.not_begun(db.session(), year)[0], by=keeper)
    with changing(db.session):
        begun, refused = visit_plan.begin_all(db.session(), year, by=office.user(office.keeper))
        assert (len(begun), refused) == (2, [])
    with changing(db.session):
        assert visit_plan.begin_all(db.session(), year, by=office.user(office.keeper)) == ([], [])
    line = db.session.scalars(select(VisitPlan).limit(1)).one()
    with pytest.raises(Stale), changing(db.session):
        visit_plan.begin(db.session(), line, by=office.user(office.keeper))
    assert len(db.session.scalars(select(CaseRow).where(CaseRow.kind == "visit")).all()) == 3
    lines_now = queries.plan_of(db.session(), office.user(office.keeper), year)
    assert {one.standing for one in lines_now} == {visits.Standing.UNDER_WAY}


def test_what_cannot_begin_is_told_and_the_rest_begins(visit_office: VisitOffice, today: Today) -> None:
    office = visit_office
    gone, stays = office.lets_in(office.unit_named("甲公司"), office.unit_named("乙公司"))
    (without,) = office.lets_in(office.unit_named("丙公司"), liaison=office.other)
    (late,) = office.lets_in(office.unit_named("丁公司"))
    office.plans(gone, stays, without)
    office.plans(late, by_day=clock.today())
    today.moves(days=1)
    with changing(db.session):
        left = Removed(db.session.get_one(RosterMember, gone), Exit.ITS_OWN_WISH, "来函")
        keeping.decide(db.session(), removed=[left], reason="退出", by=office.user(office.director))
    with changing(db.session):
        db.session.delete(db.session.scalars(select(Membership).where(Membership.user_id == office.other.id)).one())
    db.session.expire_all()
    with changing(db.session):
        begun, refused = visit_plan.begin_all(db.session(), clock.today().year, by=office.user(office.keeper))
        assert [one.party_names for one in begun] == ["乙公司"]
        assert [str(one) for one in refused] == [
            "丁公司 的最迟回访日已过，请先修改",
            "甲公司 已经调出名录",
            "林直联 不是在岗的直联专员",
        ]


def test_a_line_is_changed_or_dropped_until_its_visit_begins(visit_office: VisitOffice) -> None:
    office = visit_office
    members = office.lets_in(office.requesting, office.unit_named("甲公司"))
    first, second = office.plans(*members)
    with pytest.raises(NotAllowed), changing(db.session):
        visit_plan.drop(db.session(), first, by=office.user(office.liaison))
    other, keeper = office.user(office.other), office.user(office.keeper)
    with changing(db.session):
        visit_plan.change(db.session(), first, visitor=other, by_day=first.by_day, by=keeper)
    with pytest.raises(RuleBroken, match="不是在岗的直联专员"), changing(db.session):
        visit_plan.change(
            db.session(), first, visitor=db.session.get_one(User, office.clerk.id), by_day=first.by_day, by=keeper
        )
    with changing(db.session):
        visit_plan.drop(db.session(), second, by=keeper)
    with changing(db.session):
        visit_plan.begin(db.session(), first, by=keeper)
    with pytest.raises(Stale, match="已经开始"), changing(db.session):
        visit_plan.drop(db.session(), first, by=keeper)
    assert [v.user_id for v in db.session.scalars(select(CaseRow)).one().staff] == [office.other.id]


def test_nobody_is_planned_without_a_liaison_or_twice(visit_office: VisitOffice) -> None:
    office = visit_office
    (member,) = office.lets_in(office.requesting)
    with changing(db.session):
        db.session.get_one(RosterMember, member).liaison = None
    with pytest.raises(RuleBroken, match="还没有直联专员"):
        office.plans(member)
    with pytest.raises(RuleBroken, match="请选择单位"):
        office.plans()
    office.plans(member, visitor=office.user(office.other))
