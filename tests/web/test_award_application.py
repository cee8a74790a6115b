"""An application for an award over pages: the form, what officials see beside it, and lists of direct awards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import AwardApplication, AwardCall, db
from app.services.awards.listing import COLUMNS
from tests.flows.awarding import LINES, AwardOffice, build_award_office
from tests.flows.office import Case, Person
from tests.web.awards import INSIDE, OUTSIDE, bad_sheets, browser_of, opened, sent, sheet

START = "/cases/new/award_application"
BAD = ("wrong headings", "merged cells", "formula", "no spreadsheet", "too long", "nothing")


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def typed(office: AwardOffice, call: AwardCall, **changes: Any) -> dict[str, Any]:
    """Return a good application as a form sends it."""
    answers = office.application(call, "AW11", **office.enough("AW11"))
    (thing,), papers = answers.pop("things"), answers.pop("papers")
    form = {name: value for name, value in answers.items() if name not in ("promised", "truth")}
    form |= {f"things-0-{name}": value for name, value in thing.items()}
    for n, paper in enumerate(papers):
        form |= {f"papers-{n}-kind": paper["kind"], f"papers-{n}-files": paper["files"]}
    return {**form, "truth": "y", **changes}


def applications() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AwardApplication)) or 0


# -- the form ----------------------------------------------------------------------------------------------------------


def test_the_form_knows_the_award_of_the_call_and_the_unit(office: AwardOffice) -> None:
    call = office.calls("AW11")
    page = browser_of(office, "requester").gets(f"{START}?call={call.number}").text
    assert re.search(rf'<option[^>]*selected[^>]*value="{call.number}:AW11"', page) or re.search(
        rf'value="{call.number}:AW11"[^>]*(selected|checked)', page
    )
    assert f'value="{office.requesting.name}"' in page


def test_what_was_typed_is_read_once_more_before_it_is_sent(office: AwardOffice) -> None:
    form = typed(office, office.calls("AW11"))
    browser = browser_of(office, "requester")
    check = browser.posts(START, form).headers["Location"]
    page = browser.gets(check).text
    assert "请核对" in page and "3,000,000" in page and applications() == 0
    assert form["things-0-name"] in browser.gets(START).text  # going back finds what was typed
    sent_on = browser.posts(START, {**form, "confirmed": "1"}).headers["Location"]
    assert applications() == 1
    assert "申报单位" in browser.gets(sent_on).text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("base", "", "请填写实际金额"),
        ("applies_for", "", "请选择奖项"),
        ("things-0-number", "", "请填写编号"),
        ("account", "12", "账号"),
    ],
)
def test_errors_stand_beside_fields_and_the_rest_is_kept(
    office: AwardOffice, field: str, value: str, told: str
) -> None:
    browser = browser_of(office, "requester")
    form = typed(office, office.calls("AW11"), **{field: value})
    page = browser.posts(START, form, 422).text
    assert re.search(rf'id="{field}-error"[^>]*>[^<]*{told}', page) or ("field-error" in page and told in page)
    assert form["things-0-name"] in page and form["things-0-name"] in browser.gets(START).text
    assert applications() == 0


def promises(page: str) -> dict[str, str]:
    """Return the papers that may be promised, each with what its page says of the awards it belongs to."""
    found = re.findall(
        r'<div class="form-check"([^>]*)><input[^>]*name="promised"[^>]*value="(\w+)"[^>]*>(.*?)</div>', page
    )
    return {kind: f"{shown} {label}" for shown, kind, label in found}


def test_only_papers_of_the_award_that_may_follow_are_offered(office: AwardOffice) -> None:
    one, several = office.calls("AW11"), office.calls("AW11", "AW02", "AW16")
    browser = browser_of(office, "requester")
    alone = promises(browser.gets(f"{START}?call={one.number}").text)
    assert set(alone) == {e.kind.value for e in LINES["AW11"].evidence if e.secondary}
    assert all("（限" not in told for told in alone.values())
    offered = promises(browser.gets(f"{START}?call={several.number}").text)
    of_one = {e.kind.value for e in LINES["AW11"].evidence if e.secondary}
    for kind in of_one:
        assert f"{several.number}:AW11" in offered[kind] and "AW11" in offered[kind].partition("（限")[2]


def test_a_promise_that_the_award_does_not_know_is_refused_and_stays_in_sight(office: AwardOffice) -> None:
    call = office.calls("AW11", "AW16")
    others = [e.kind.value for e in LINES["AW16"].evidence if e.secondary]
    needed = {e.kind.value for e in LINES["AW11"].evidence}
    stray = next(one for one in others if one not in needed)
    browser = browser_of(office, "requester")
    page = browser.posts(START, typed(office, call, promised=[stray]), 422).text
    assert "所选奖项不需要" in page
    assert "data-shown-when" not in promises(page)[stray]


def test_what_follows_is_told_in_the_words_of_an_application(office: AwardOffice) -> None:
    browser = browser_of(office, "requester")
    page = browser.gets(browser.posts(START, typed(office, office.calls("AW11"))).headers["Location"]).text
    assert "提交后即为正式申报" in page and "正式提出请求" not in page


@pytest.mark.parametrize(
    ("who", "hint"),
    [("reviewer", "受理号、单位、奖项"), ("head", "案号、当事人、奖项"), ("clerk", "案号、当事人、专利号")],
)
def test_the_search_says_what_this_person_may_look_for(office: AwardOffice, who: str, hint: str) -> None:
    assert f'placeholder="{hint}"' in browser_of(office, who).gets("/cases").text


@pytest.mark.parametrize("who", [*INSIDE, "expert"])
def test_officials_do_not_apply(office: AwardOffice, who: str) -> None:
    browser_of(office, who).gets(START, 403)


# -- what is known beside it -------------------------------------------------------------------------------------------


def half_reviewed(office: AwardOffice) -> tuple[Case, Person]:
    """Return an application that one of two has reviewed, and who did."""
    case = office.recommended(office.calls("AW11"), "AW11")
    first, _ = office.drawn(case)
    first.answers(case, "review", **office.opinion(case, text="这是第一人的秘密意见"))
    return case, first


@pytest.mark.parametrize("path", ["", "?tab=answers", "?tab=story", "/paper"])
def test_an_opinion_is_on_no_page_before_both_are_in(office: AwardOffice, path: str) -> None:
    case, writer = half_reviewed(office)
    readers = [one for one in office.reviewers if one.id != writer.id]
    for person in (*readers, office.head, office.director, office.requester):
        assert "秘密意见" not in browser_of(office, person).gets(f"/cases/{case.id}{path}").text, person.name


def test_who_gave_an_opinion_reads_their_own(office: AwardOffice) -> None:
    case, first = half_reviewed(office)
    assert "秘密意见" in browser_of(office, first).gets(f"/cases/{case.id}?tab=answers").text


def test_scores_are_blind_until_all_experts_have_scored(office: AwardOffice) -> None:
    case = office.recommended(office.calls("AW16", experts=True), "AW16")
    first, *others = office.drawn(case, "score")
    keys = ("innovation", "protection", "benefit", "authenticity")
    points = [{"criterion": key, "points": 90} for key in keys]
    first.answers(case, "score", points=points, text="这是专家的秘密评语", free=True)
    for person in (*others, office.reviewers[0], office.head):
        for path in ("", "?tab=answers", "/paper"):
            assert "秘密评语" not in browser_of(office, person).gets(f"/cases/{case.id}{path}").text


def test_the_second_reviewer_decides_without_the_first(office: AwardOffice) -> None:
    case, _ = half_reviewed(office)
    (second,) = office.drawn(case)
    page = browser_of(office, second).gets(f"/tasks/{case.task('review', second)}").text
    assert "秘密意见" not in page
    assert "3,000,000 元的 5% 是 150,000 元" in page and "申报单位" in page


def test_the_head_reads_both_opinions_and_the_applicant_neither(office: AwardOffice) -> None:
    case = office.recommended(office.calls("AW11"), "AW11")
    office.reviews(case, {"text": "第一份意见属实"}, {"text": "第二份意见属实"})
    page = browser_of(office, "head").gets(f"/tasks/{case.task('approve_review', office.head)}").text
    assert "第一份意见属实" in page and "第二份意见属实" in page
    browser = browser_of(office, "requester")
    for path in ("", "?tab=answers", "?tab=story", "/paper"):
        assert "意见属实" not in browser.gets(f"/cases/{case.id}{path}").text


def test_earlier_applications_are_known_to_officials_and_not_beside_the_applicants_own(office: AwardOffice) -> None:
    call = office.calls("AW02", "AW11")
    earlier, case = office.applies(call, "AW02"), office.applies(call, "AW11")
    told = browser_of(office, "reviewer").gets(f"/cases/{case.id}").text
    assert "该单位的其他申报" in told and earlier.number in told
    assert "该单位的其他申报" not in browser_of(office, "requester").gets(f"/cases/{case.id}").text


def test_earlier_applications_stand_before_those_who_may_see_them(
    office: AwardOffice,
) -> None:
    earlier = office.recommended(office.calls("AW02"), "AW02")
    case = office.recommended(office.calls("AW16", experts=True), "AW16")
    expert, *_ = office.drawn(case, "score")
    assert earlier.number not in browser_of(office, expert).gets(f"/cases/{case.id}").text
    assert earlier.number in browser_of(office, "reviewer").gets(f"/cases/{case.id}").text


def test_an_earlier_application_has_an_amount_once_it_is_decided(office: AwardOffice) -> None:
    call = office.calls("AW02", "AW11")
    earlier, case = office.supported(call, "AW02"), office.applies(call, "AW11")
    batch = office.batch(earlier)
    page = f"/cases/{case.id}"
    reviewer = browser_of(office, "reviewer")
    told = [reviewer.gets(page).text.rpartition("该单位的其他申报")[2]]
    office.announces(batch)
    told.append(reviewer.gets(page).text.rpartition("该单位的其他申报")[2])
    assert [earlier.number in one and "2,000,000" in one for one in told] == [False, True]
    assert earlier.number in told[0] and "0 元" not in told[0]


# -- lists of direct awards --------------------------------------------------------------------------------------------


def test_a_recognised_list_is_loaded_on_the_page_of_its_call(office: AwardOffice) -> None:
    page = f"/award-calls/{office.direct().id}"
    reviewer = browser_of(office, "reviewer")
    assert tuple(c.value for c in opened(reviewer.gets("/award-calls/list.xlsx").data)[1]) == COLUMNS
    assert "载入认定名单" in reviewer.gets(page).text
    reviewer.posts(f"{page}/list", sent(sheet(COLUMNS, [office.listed()])))
    assert "已载入 1 家" in reviewer.gets(page).text
    again = reviewer.posts(f"{page}/list", sent(sheet(COLUMNS, [office.listed()])), 422).text
    assert "第 2 行" in again and applications() == 1


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_list_is_refused_whole(office: AwardOffice, what: str) -> None:
    page = f"/award-calls/{office.direct().id}"
    data, told = bad_sheets(COLUMNS, office.listed())[what]
    assert told in browser_of(office, "reviewer").posts(f"{page}/list", sent(data), 422).text
    assert applications() == 0


@pytest.mark.parametrize("who", [*INSIDE[1:], *OUTSIDE])
def test_reviewers_alone_load_a_list(office: AwardOffice, who: str) -> None:
    page = f"/award-calls/{office.direct().id}"
    browser = browser_of(office, who)
    browser.posts(f"{page}/list", sent(sheet(COLUMNS, [office.listed()])), 403)
    browser.gets("/award-calls/list.xlsx", 403)
