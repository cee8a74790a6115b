"""A correction names another respondent, or drops one, before anybody has learned of the case."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app import clock
from app.models import Organization, Party, db
from tests.flows.office import POINTS, Case, Office
from tests.flows.test_corrections import code, corrects, last_correction, page, to_be_corrected

MISTAKEN = {"kind": "enterprise", "name": "中山某某厂", "address": "中山市小榄镇 1 号", "uscc": code(1)}


def respondents(case: Case) -> list[str]:
    db.session.rollback()
    rows = select(Party).where(Party.case_id == case.id, Party.role == "respondent").order_by(Party.place)
    return [p.organization.name for p in db.session.scalars(rows)]


def swapped(office: Office, **more: Any) -> Case:
    """Return a case whose one respondent was named by mistake and is replaced by another company."""
    case = to_be_corrected(office, respondents=[MISTAKEN])
    corrects(office, case, dropped=[case.party(MISTAKEN["name"])], added=[office.entry(office.responding)], **more)
    return case


def test_one_respondent_is_dropped_and_another_named(either_office: Office) -> None:
    office = either_office
    case = swapped(office)
    assert respondents(case) == [office.responding.name]
    assert case.seen_by(office.clerk)["title"].endswith(office.responding.name)
    assert [c[:2] for c in last_correction(case, office)["changes"]] == [
        [f"被请求人 {MISTAKEN['name']}", "删去"],
        [f"被请求人 {office.responding.name}", "增加"],
    ]
    assert not db.session.scalar(select(func.count()).where(Organization.name == MISTAKEN["name"]))
    assert case.documents().count("mediation_request") == 2
    assert "增加" in page(office, "requester", f"/cases/{case.id}")
    assert office.responding.name in page(office, "clerk", f"/cases/{case.id}?tab=answers")


def test_who_was_added_learns_of_it_when_accepted_is_served_and_has_fifteen_days(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case, added=[office.entry(office.elsewhere)])
    assert respondents(case) == [office.responding.name, office.elsewhere.name]
    office.stranger.sees(f"/cases/{case.id}", expects=404)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    office.stranger.sees(f"/cases/{case.id}")
    records = [office.record(case, one) for one in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    assert (clock.today().isoformat(), case.due("mediation.statement")) == ("2026-03-02", "2026-03-17")
    for person in (office.respondent, office.stranger):
        person.answers(case, "statement", stance="consents", opinion="", e_service=False)
    assert case.state == "docketing"


def test_a_conflict_with_who_was_added_keeps_the_clerk_from_the_check(office: Office) -> None:
    case = to_be_corrected(office)
    office.relates(office.clerk, office.elsewhere)
    corrects(office, case, added=[office.entry(office.elsewhere)])
    office.clerk.sees(f"/cases/{case.id}", expects=404)
    office.second_clerk.answers(case, "formality_check", check="accept", points=POINTS)


def test_somebody_stays_a_respondent(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case, expects=422, dropped=[case.party(office.responding.name)])
    assert respondents(case) == [office.responding.name]


@pytest.mark.parametrize("who", ["requesting", "responding"])
def test_nobody_is_named_twice(office: Office, who: str) -> None:
    case = to_be_corrected(office)
    problem = corrects(office, case, expects=422, added=[office.entry(getattr(office, who))])
    assert "added-0-name" in str(problem)
    assert respondents(case) == [office.responding.name]


def test_a_requester_is_not_dropped(office: Office) -> None:
    case = to_be_corrected(office)
    corrects(office, case, expects=422, dropped=[case.party(office.requesting.name)])


def test_nobody_is_put_right_and_dropped_at_once(office: Office) -> None:
    case = to_be_corrected(office)
    party = case.party(office.responding.name)
    told = {"parties": [{"party": party, "address": "别处"}], "added": [office.entry(office.elsewhere)]}
    corrects(office, case, expects=422, dropped=[party], **told)
