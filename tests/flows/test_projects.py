"""A project from the day of filing to its result, on both courses, and every other way it can go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken, Stale
from app.models import Organization, Project, ProjectCall, Task, User, db
from app.queries import projects as queries
from app.queries import roster
from app.services import tasks
from app.services.changing import BUSY, changing
from app.services.roster import keeping
from tests.conftest import Today
from tests.flows.matching import MatchingOffice, build_matching_office
from tests.flows.moment import at_once
from tests.flows.office import Case

MANY = 12
TRIES = 40


@pytest.fixture
def office(app: Flask, session: Session) -> MatchingOffice:
    """Return the office that matches projects, on SQLite."""
    return build_matching_office(app, session)


@pytest.fixture
def either(either_app: Flask) -> MatchingOffice:
    """Return the same on SQLite, and again on PostgreSQL."""
    return build_matching_office(either_app, db.session())


@pytest.fixture
def member(office: MatchingOffice) -> MatchingOffice:
    """Return the office when the requester's company is on the roster and has a liaison."""
    office.lets_in(office.requesting)
    return office


def told(problem: Any) -> str:
    return str(problem["errors"])


def open_task(case: Case) -> Task:
    db.session.rollback()
    return db.session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open")).one()


# -- the two courses ---------------------------------------------------------------------------------------------------


def test_a_member_goes_the_green_channel_to_the_result(either: MatchingOffice) -> None:
    office = either
    office.lets_in(office.requesting)
    case = office.starts(office.calls(places=1))
    assert case.number.startswith("佛知项")
    row = office.row(case)
    assert row.green and row.asked == 500_000 and row.district_id == office.district.id
    task = open_task(case)
    assert (task.key, task.assignee_id, task.seat_id is not None) == ("guide_green", office.liaison.id, True)
    assert case.seen_by(office.keeper)["state"] == "guiding"
    office.guides(case)
    assert open_task(case).key == "examine_green"
    office.examines(case, "recommended")
    assert db.session.get_one(ProjectCall, office.row(case).call_id).taken == 1
    office.reports(case)
    assert case.seen_by(office.requester)["state"] == "reported"
    paper = office.liaison.uploads("立项通知.pdf")
    office.result(case, "funded", granted="300000.00", result_number="粤知〔2026〕5号", files=[paper])
    seen = case.seen_by(office.requester)
    assert seen["state"] == "funded"
    assert [d["kind"] for d in seen["documents"]] == ["project_materials", "project_result_paper"]
    row = office.row(case)
    assert (row.result, row.granted, row.result_number) == ("funded", 300_000, "粤知〔2026〕5号")


def test_who_is_not_on_the_roster_goes_the_ordinary_course(either: MatchingOffice) -> None:
    office = either
    case = office.starts(office.calls())
    assert not office.row(case).green
    assert open_task(case).key == "assign_liaison"
    assert case.seen_by(office.keeper)["state"] == "appointing"
    office.keeper.answers(case, "assign_liaison", liaison=office.second_liaison.id)
    assert (open_task(case).key, open_task(case).assignee_id) == ("guide", office.second_liaison.id)
    office.guides(case, "guide", by=office.second_liaison)
    office.examines(case, "not_recommended", "examine")
    assert case.seen_by(office.requester)["state"] == "not_recommended"
    assert db.session.scalars(select(ProjectCall.taken)).one() == 0


def test_the_green_channel_has_its_own_shorter_periods(member: MatchingOffice) -> None:
    office = member
    call = office.calls()
    green, ordinary = office.starts(call), office.starts(call, by=office.respondent)
    office.keeper.answers(ordinary, "assign_liaison", liaison=office.liaison.id)
    office.guides(green)
    office.guides(ordinary, "guide")

    def dues(case: Case) -> dict[str, str]:
        return {d["rule"]: d["due"] for d in case.seen_by(office.keeper)["deadlines"]}

    assert dues(green) == {"project.guide_green": "2026-03-04", "project.examine_green": "2026-03-05"}
    assert dues(ordinary) == {
        "project.assign": "2026-03-04",
        "project.guide": "2026-03-09",
        "project.examine": "2026-03-16",
    }


def test_membership_is_that_of_the_day_of_filing_whatever_is_typed(office: MatchingOffice, today: Today) -> None:
    call = office.calls()
    office.starts(call, expects=422, channel="green")
    before = office.starts(call)
    member = office.lets_in(office.requesting)
    during = office.starts(call, heading="第二个项目")
    today.moves(days=1)
    with changing(db.session):
        gone = keeping.Removed(
            roster.member_for(db.session(), office.user(office.keeper), member.id), keeping.Exit.ITS_OWN_WISH, "来函"
        )
        keeping.decide(db.session(), removed=[gone], reason="单位申请退出", by=office.user(office.director))
    after = office.starts(call, heading="第三个项目")
    assert [office.row(case).green for case in (before, during, after)] == [False, True, False]


def test_a_member_whose_liaison_is_not_there_is_given_one_and_keeps_the_channel(office: MatchingOffice) -> None:
    office.lets_in(office.requesting, liaison=False)
    case = office.starts(office.calls())
    assert open_task(case).key == "assign_liaison"
    office.keeper.answers(case, "assign_liaison", liaison=office.liaison.id)
    assert open_task(case).key == "guide_green"


def test_a_liaison_with_a_conflict_is_not_given_the_project(member: MatchingOffice) -> None:
    office = member
    office.relates(office.liaison, office.requesting)
    case = office.starts(office.calls())
    assert open_task(case).key == "assign_liaison"
    refused = office.keeper.answers(case, "assign_liaison", 422, liaison=office.liaison.id)
    assert "应当回避" in told(refused)
    office.keeper.answers(case, "assign_liaison", 422, liaison=office.keeper.id)


# -- who may file ------------------------------------------------------------------------------------------------------


def test_a_call_for_members_is_for_members_only(member: MatchingOffice) -> None:
    office = member
    call = office.calls(members_only=True)
    refused = office.starts(call, by=office.respondent, expects=422)
    assert "call_number" in refused["errors"]
    office.starts(call)
    assert db.session.scalar(select(func.count()).select_from(Project)) == 1


def test_nobody_files_before_or_after_the_days_of_the_call(member: MatchingOffice, today: Today) -> None:
    office = member
    call = office.calls()
    answers = office.project(call)
    today.is_at("2026-07-01 00:00")
    refused = office.requester.does("/cases", {"process": "project", "answers": answers}, 422)
    assert "call_number" in refused["errors"]
    today.is_at("2026-06-30 23:59")
    office.requester.does("/cases", {"process": "project", "answers": answers}, 201)
    office.requester.does("/cases", {"process": "project", "answers": answers}, 409)


def test_nobody_takes_the_green_channel_in_a_name_that_is_not_verified(member: MatchingOffice) -> None:
    office = member
    call = office.calls()
    db.session.get_one(Organization, office.requesting.id).verified = False
    db.session.commit()
    refused = office.starts(call, expects=422)
    assert "organization" in refused["errors"]
    assert db.session.scalar(select(func.count()).select_from(Project)) == 0


def test_nobody_files_for_a_unit_that_is_not_theirs(member: MatchingOffice) -> None:
    office = member
    office.starts(office.calls(), expects=422, organization=office.responding.id)
    office.clerk.does("/cases", {"process": "project", "answers": {}}, 403)


# -- guidance and revision ---------------------------------------------------------------------------------------------


def test_a_unit_is_asked_to_revise_twice_at_most(either: MatchingOffice) -> None:
    office = either
    office.lets_in(office.requesting)
    case = office.starts(office.calls())
    for n in (1, 2):
        office.asks_to_revise(case)
        assert case.seen_by(office.requester)["state"] == "improving"
        office.requester.answers(
            case, "revise_project", explanation="已补充", heading=f"第 {n} 稿", files=[office.requester.uploads()]
        )
        assert open_task(case).assignee_id == office.liaison.id
    refused = office.asks_to_revise(case, expects=422)
    assert "guidance" in refused["errors"]
    row = office.row(case)
    assert (row.title, row.revisions, row.asked) == ("第 2 稿", 2, 500_000)
    assert row.content.startswith("围绕减速器")
    office.guides(case)


def test_what_is_not_revised_in_time_goes_on_as_it_was_filed(member: MatchingOffice, today: Today) -> None:
    office = member
    case = office.starts(office.calls())
    office.asks_to_revise(case)
    office.let_pass(today, 16)
    assert (open_task(case).key, case.seen_by(office.requester)["state"]) == ("guide_green", "guiding")
    office.guides(case)


def test_an_official_enters_a_revision_only_with_its_paper(member: MatchingOffice) -> None:
    office = member
    case = office.starts(office.calls())
    office.asks_to_revise(case)
    office.keeper.answers(case, "revise_project", 422, explanation="来人补交")
    office.keeper.answers(case, "revise_project", explanation="来人补交", files=[office.keeper.uploads()])


def test_an_examiner_returns_twice_at_most_and_has_it_again(either: MatchingOffice) -> None:
    office = either
    office.lets_in(office.requesting)
    case = office.starts(office.calls())
    for _ in range(2):
        office.guides(case)
        office.examines(case, "returned")
        assert case.seen_by(office.requester)["state"] == "guiding"
    office.guides(case)
    refused = office.examines(case, "returned", expects=422)
    assert "examination" in refused["errors"]
    assert office.row(case).returns == 2
    office.examines(case, "recommended")


# -- places --------------------------------------------------------------------------------------------------------------


def test_no_more_are_recommended_than_there_are_places(member: MatchingOffice) -> None:
    office = member
    call = office.calls(places=1)
    office.recommended(call)
    second = office.starts(call, heading="第二个项目")
    office.guides(second)
    refused = office.examines(second, "recommended", expects=422)
    assert "推荐名额已满（1 个）" in told(refused)
    assert open_task(second).key == "examine_green", "nothing has happened"
    assert office.row(second).recommended_on is None


def test_a_project_that_is_withdrawn_gives_its_place_back(either: MatchingOffice) -> None:
    office = either
    office.lets_in(office.requesting)
    call = office.calls(places=1)
    first = office.recommended(call)
    office.requester.acts(first, "withdraw_project", reason="改报明年")
    assert first.seen_by(office.requester)["state"] == "withdrawn"
    assert not office.row(first).holds_place
    office.recommended(call, heading="第二个项目")
    assert db.session.get_one(ProjectCall, office.row(first).call_id).taken == 1


def test_those_who_recommend_at_once_share_the_places(either: MatchingOffice) -> None:
    office = either
    office.lets_in(office.requesting)
    call = office.calls(places=3)
    cases = [office.starts(call, heading=f"项目 {n}") for n in range(MANY)]
    for case in cases:
        office.guides(case)
    db.session.rollback()
    open_ones = select(Task.id).where(Task.key == "examine_green", Task.state == "open").order_by(Task.id)
    ids = list(db.session.scalars(open_ones))
    db.session.rollback()
    keepers = (office.keeper.id, office.second_keeper.id)

    def recommends(n: int) -> str:
        answers = {"examination": "recommended", "opinion": "符合条件"}
        for _ in range(TRIES):
            try:
                with changing(db.session):
                    by = db.session.get_one(User, keepers[n % 2])
                    tasks.complete(db.session(), ids[n], answers, by=by)
            except Stale as stale:
                if stale.message != BUSY:
                    raise
            except RuleBroken as refusal:
                return refusal.message
            else:
                return "recommended"
        return BUSY

    said = at_once(office.app, MANY, recommends)
    db.session.rollback()
    assert said.count("recommended") == 3
    assert said.count("推荐名额已满（%(places)s 个）") == MANY - 3
    assert db.session.scalars(select(ProjectCall.taken)).one() == 3
    assert db.session.scalar(select(func.count()).where(Project.holds_place)) == 3


# -- what the upper authority does ---------------------------------------------------------------------------------------


def test_what_is_not_funded_has_no_amount(member: MatchingOffice) -> None:
    office = member
    case = office.recommended(office.calls())
    office.reports(case)
    office.result(case, "unfunded", note="未通过评审")
    assert case.seen_by(office.requester)["state"] == "unfunded"
    assert office.row(case).granted is None


def test_days_follow_each_other(member: MatchingOffice, today: Today) -> None:
    office = member
    case = office.recommended(office.calls())
    bad = office.liaison.answers(case, "report_project", 422, reported_on="2026-03-01", report_number="8号")
    assert "reported_on" in bad["errors"]
    today.moves(days=2)
    office.reports(case)
    bad = office.result(case, "funded", 422, result_on="2026-03-03", result_number="5号")
    assert "result_on" in bad["errors"]
    bad = office.result(case, "funded", 422)
    assert "result_number" in bad["errors"]


def test_what_has_been_reported_is_not_withdrawn(member: MatchingOffice) -> None:
    office = member
    case = office.recommended(office.calls())
    office.reports(case)
    office.requester.acts(case, "withdraw_project", 409, reason="改报明年")


def test_a_funded_project_keeps_what_it_reached(member: MatchingOffice) -> None:
    office = member
    case = office.recommended(office.calls())
    milestone = {"on": clock.today().isoformat(), "text": "专利导航报告通过验收"}
    office.liaison.acts(case, "record_project_milestone", 409, **milestone)
    office.reports(case)
    office.result(case, "funded", result_number="粤知〔2026〕5号")
    report = office.liaison.uploads("导航报告.pdf")
    office.liaison.acts(case, "record_project_milestone", files=[report], **milestone)
    office.requester.acts(case, "record_project_milestone", 403, **milestone)
    assert [d["kind"] for d in case.seen_by(office.requester)["documents"]][-1] == "project_deliverable"


# -- who is there for it, and who sees it ----------------------------------------------------------------------------------


def test_another_liaison_has_what_is_open(member: MatchingOffice) -> None:
    office = member
    case = office.starts(office.calls())
    change = {"liaison": office.second_liaison.id, "reason": "原专员休假"}
    office.second_liaison.acts(case, "change_project_liaison", 404, **change)
    office.keeper.acts(case, "change_project_liaison", **change)
    assert open_task(case).assignee_id == office.second_liaison.id
    office.guides(case, by=office.second_liaison)
    assert "project_liaison_changed" in [e["kind"] for e in case.seen_by(office.keeper)["events"]]


def test_a_project_is_seen_by_its_own_people_only(member: MatchingOffice) -> None:
    office = member
    case = office.starts(office.calls())
    for person in (office.requester, office.keeper, office.director, office.liaison):
        case.seen_by(person)
    for person in (office.respondent, office.second_liaison, office.clerk, office.mediator, office.evaluator):
        person.sees(f"/cases/{case.id}", 404)


def test_the_years_are_told_by_level_and_district(member: MatchingOffice) -> None:
    office = member
    call = office.calls()
    won = office.recommended(call)
    office.reports(won)
    office.result(won, "funded", granted="300000.00", result_number="5号")
    office.starts(call, by=office.respondent)
    gone = office.starts(call, heading="第三个项目")
    office.requester.acts(gone, "withdraw_project", reason="改报明年")
    lines = queries.tracked(db.session())
    assert [(one.year, one.level, one.district.zh if one.district else "") for one in lines] == [
        (2026, "provincial", office.district.name)
    ]
    assert queries.together(lines) == queries.Came(2, 1, 1, 1, 1, Decimal(300_000))
    assert queries.tracked(db.session(), level="national") == []
    assert queries.tracked(db.session(), year=2025) == []
    file = queries.project_file(db.session(), office.user(office.keeper), office.row(won).case)
    assert file is not None
    assert [one.case_id for one in file.history] == [gone.id]
