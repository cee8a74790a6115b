"""Cases that belong together are named in each other, for those alone who may see both."""

from __future__ import annotations

import pytest

from app import clock
from app.models import Case as CaseRow
from app.models import CaseLink, CaseStaff, DeclaredRelation, OrgUnit, db
from tests.flows.office import Case, Office
from tests.web.browser import Browser

WHY = {"nature": "same_right", "reason": "两案涉及同一外观设计专利"}


@pytest.fixture
def two(office: Office) -> tuple[Case, Case]:
    return office.files(), office.files()


def browser(office: Office, username: str) -> Browser:
    made = Browser(office.app)
    made.logs_in(username)
    return made


def links(office: Office, case: Case, number: str, expects: int = 303) -> str:
    return browser(office, "clerk").posts(f"/cases/{case.id}/links/new", {"number": number, **WHY}, expects).text


def told(office: Office, username: str, case: Case) -> str:
    return browser(office, username).gets(f"/cases/{case.id}").text


def test_a_link_is_shown_on_both_cases_and_in_both_histories_and_to_no_party(
    office: Office, two: tuple[Case, Case]
) -> None:
    one, other = two
    links(office, one, other.number.replace("〔", "[").replace("〕", "]"))
    for case, named in ((one, other), (other, one)):
        page = told(office, "clerk", case)
        assert f'href="/cases/{named.id}">{named.number}' in page and "涉及同一权利" in page and WHY["reason"] in page
        assert case.happened()[-1] == "case_linked"
        assert named.number not in told(office, "requester", case)
        assert "case_linked" not in str(case.seen_by(office.requester))


def test_a_link_is_taken_back_with_a_reason(office: Office, two: tuple[Case, Case]) -> None:
    one, other = two
    links(office, one, other.number)
    link = db.session.scalars(db.select(CaseLink.id)).one()
    clerk = browser(office, "clerk")
    clerk.posts(f"/cases/{other.id}/links/{link}/remove", {"reason": " "})
    assert "请写明理由" in clerk.gets(f"/cases/{other.id}").text
    clerk.posts(f"/cases/{other.id}/links/{link}/remove", {"reason": "关联有误"})
    assert [one.happened()[-1], other.happened()[-1]] == ["case_unlinked"] * 2
    assert f'href="/cases/{one.id}">{one.number}' not in told(office, "clerk", other)
    clerk.posts(f"/cases/{other.id}/links/{link}/remove", {"reason": "再来一次"}, expects=404)


@pytest.mark.parametrize("number", ["own", "twice", "佛知快调〔2026〕99号", "随便写"])
def test_what_cannot_be_linked_is_said_beside_the_number(office: Office, two: tuple[Case, Case], number: str) -> None:
    one, other = two
    links(office, one, other.number)
    wanted = {"own": one.number, "twice": one.number}.get(number, number)
    page = links(office, other if number == "twice" else one, wanted, expects=422)
    assert 'id="number-error"' in page
    assert len(db.session.scalars(db.select(CaseLink)).all()) == 1


def elsewhere(case: Case) -> None:
    """Let a case be another unit's."""
    unit = OrgUnit(code="d", name="南海区局", name_en="Nanhai", kind="district_bureau", active=True)
    db.session.add(unit)
    db.session.flush()  # a case names its unit by id
    db.session.get_one(CaseRow, case.id).unit_id = unit.id
    db.session.commit()


def test_a_case_that_is_not_ones_own_is_refused_like_one_that_is_not_there(
    office: Office, two: tuple[Case, Case]
) -> None:
    one, other = two
    elsewhere(other)
    hidden = links(office, one, other.number, expects=422)
    assert "没有找到这一案件" in hidden and hidden.count(other.number) <= 1  # what was typed


def test_who_may_not_see_the_other_case_learns_nothing_of_it(office: Office, two: tuple[Case, Case]) -> None:
    one, other = two
    links(office, one, other.number)
    elsewhere(other)
    assert other.number not in told(office, "clerk", one)
    assert "case_linked" not in one.happened()
    link = db.session.scalars(db.select(CaseLink.id)).one()
    browser(office, "clerk").posts(f"/cases/{one.id}/links/{link}/remove", {"reason": "猜"}, expects=404)
    assert other.number in told(office, "supervisor", one)


def test_a_conflict_with_the_other_case_hides_it(office: Office, two: tuple[Case, Case]) -> None:
    one, _ = two
    other = office.files(respondents=[office.entry(office.elsewhere)])
    links(office, one, other.number)
    for case in (one, other):
        db.session.add(CaseStaff(case_id=case.id, user_id=office.mediator.id, role="mediator", since=clock.now()))
    relation = {"user_id": office.mediator.id, "organization_id": office.elsewhere.id, "nature": "配偶任董事"}
    db.session.add(DeclaredRelation(**relation, declared_at=clock.now()))
    db.session.query(CaseStaff).filter_by(case_id=other.id).update({"left_because": "recused"})
    db.session.commit()
    assert other.number not in told(office, "mediator", one)


def test_who_only_looks_on_links_nothing(office: Office, two: tuple[Case, Case]) -> None:
    one, other = two
    for username in ("supervisor", "second_mediator", "requester"):
        expects = 403 if username != "second_mediator" else 404
        browser(office, username).posts(f"/cases/{one.id}/links/new", {"number": other.number, **WHY}, expects)
    assert db.session.scalars(db.select(CaseLink)).all() == []
