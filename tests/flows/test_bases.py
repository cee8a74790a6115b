"""Pages and letters of a case cite what speaks of its right, and name only the ways that are open for it."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import Document, db
from app.services import papers
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser

TRADEMARK = {"right_type": "trademark", "right_number": "12345678", "right_name": "晨光"}
SECRET = {"right_type": "trade_secret", "right_number": "", "right_name": "配方"}


def refused(office: Office, **right: str) -> Case:
    """Return a case whose respondent declined, so that it is not docketed."""
    case = office.served(**right)
    office.respondent.answers(case, "statement", stance="declines", opinion="不同意")
    office.clerk.answers(case, "refuse_docketing", explanation="")
    return case


def printed(case: Case, kind: str) -> dict[str, Any]:
    query = db.select(Document).where(Document.case_id == case.id, Document.kind == kind)
    found = papers.to_render(db.session(), db.session.scalars(query).one().id)
    assert found is not None
    return found[1]


def other_ways(case: Case, kind: str) -> str:
    return str(printed(case, kind)["other_ways"])


@pytest.mark.parametrize(
    ("right", "named", "not_named"),
    [({}, "请求行政裁决", "商标法"), (TRADEMARK, "商标法》第六十条", "行政裁决"), (SECRET, "人民法院", "条")],
)
def test_a_letter_names_the_ways_that_are_open(
    office: Office, right: dict[str, str], named: str, not_named: str
) -> None:
    told = other_ways(refused(office, **right), "mediation_refusal_notice")
    assert named in told and not_named not in told


@pytest.mark.parametrize(("made", "remedy"), [("2026-12-31 10:00", "第六十条"), ("2027-01-01 10:00", "第七十四条")])
def test_what_is_open_after_a_letter_is_open_under_the_law_of_its_day(
    office: Office, today: Today, made: str, remedy: str
) -> None:
    today.is_at("2026-12-30 10:00")
    case = office.files(**TRADEMARK)
    today.is_at(made)
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["no_facts"])
    refusal = printed(case, "refusal_notice")
    assert f"依照《中华人民共和国商标法》{remedy}向人民法院起诉" in refusal["other_ways"]
    assert refusal["trademark_law"].endswith("第六十条")


def test_the_pages_of_a_trademark_case_do_not_cite_the_patent_measures(office: Office) -> None:
    case = office.consented(**TRADEMARK)
    browser = Browser(office.app)
    browser.logs_in("clerk", PASSWORD)
    docket = browser.gets(f"/tasks/{case.task('docket', office.clerk)}").text
    assert "商标法》第六十条" in docket and "专利纠纷行政裁决" not in docket
    assert "专利纠纷行政裁决" not in browser.gets(f"/cases/{case.id}?tab=clocks").text
    assert all("专利" not in d["citation"] for d in case.seen_by(office.clerk)["deadlines"])


def test_the_periods_of_a_patent_case_keep_their_articles(office: Office) -> None:
    case = office.consented()
    assert any("令81" in d["citation"] for d in case.seen_by(office.clerk)["deadlines"])
