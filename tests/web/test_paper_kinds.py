"""The list of papers says what each needs and where that comes from."""

from __future__ import annotations

import pytest
from markupsafe import escape

from app.documents.catalogue import GROUPS, KINDS
from tests.flows.office import PASSWORD, Office
from tests.web.browser import Browser


@pytest.fixture
def told(office: Office) -> str:
    browser = Browser(office.app)
    browser.logs_in(office.admin.username, PASSWORD)
    return browser.gets("/administration/papers").text


def test_every_kind_of_paper_stands_in_one_group() -> None:
    names = [kind.identifier for kinds in GROUPS.values() for kind in kinds]
    assert sorted(names) == sorted(KINDS) and len(names) == len(set(names))


def test_every_kind_is_listed_with_what_it_needs(told: str) -> None:
    for kind in KINDS.values():
        assert str(escape(kind.name)) in told
    needed = sum(len(kind.fields) for kind in KINDS.values())
    assert told.count('data-label="来源"') == needed
    assert "制作时填写" in told and "办公设置" in told


def test_a_decision_is_not_served_electronically(told: str) -> None:
    entry = told[told.index("专利侵权纠纷行政裁决书") :]
    entry = entry[: entry.index("</p>")]
    assert "直接送达" in entry and "电子" not in entry
