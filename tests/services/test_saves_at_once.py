"""The same thing kept from two windows at the same moment: there is one of it, and nobody is refused."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.errors import NotFound
from app.models import Case as CaseRow
from app.models import Draft, Follow, SavedView, User, db
from app.services import desk, drafts, views
from app.services.changing import changing
from tests.flows.moment import at_once
from tests.flows.office import Office


def all_at_once(office: Office, what: Any) -> None:
    """Let the clerk do something from six windows; nothing may break."""

    def one(n: int) -> None:
        clerk = db.session.get_one(User, office.clerk.id)
        with changing(db.session):
            what(n, clerk)

    at_once(office.app, 6, one)


def number(table: type) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_draft_is_kept_once_and_the_last_one_wins(either_office: Office) -> None:
    office = either_office
    scope = "start:mediation"
    all_at_once(office, lambda n, clerk: drafts.save(db.session(), scope, {"facts": [str(n)]}, by=clerk))
    assert number(Draft) == 1
    clerk = db.session.get_one(User, office.clerk.id)
    assert drafts.save(db.session(), scope, {"facts": ["last"]}, by=clerk).answers == {"facts": ["last"]}


def test_a_view_is_kept_once_under_its_name(either_office: Office) -> None:
    def save(n: int, clerk: User) -> None:
        views.save(db.session(), name="今天到期", query={"sort": str(n)}, shared=False, by=clerk)

    all_at_once(either_office, save)
    assert number(SavedView) == 1


def test_a_case_is_followed_or_not_however_often_it_is_pressed_at_once(either_office: Office) -> None:
    case = either_office.files()

    def press(_n: int, clerk: User) -> None:
        desk.toggle_follow(db.session(), db.session.get_one(CaseRow, case.id), by=clerk)

    all_at_once(either_office, press)
    assert number(Follow) in (0, 1)


@pytest.mark.parametrize("scope", ["task:999999999", "task:{task}", "act:{case}:withdraw", "act:999999999:withdraw"])
def test_a_draft_for_what_is_not_there_or_not_theirs_is_not_kept(office: Office, scope: str) -> None:
    case = office.files()
    place = scope.format(case=case.id, task=case.task("formality_check", office.clerk))
    stranger = db.session.get_one(User, office.stranger.id)
    with pytest.raises(NotFound):
        drafts.save(db.session(), place, {"reason": ["x"]}, by=stranger)


@pytest.mark.parametrize("scope", ["start:nothing", "start:nothing:7", "start:mediation:7"])
def test_no_draft_is_kept_of_what_cannot_be_filed(office: Office, scope: str) -> None:
    clerk = db.session.get_one(User, office.clerk.id)
    with pytest.raises(NotFound):
        drafts.save(db.session(), scope, {"facts": ["x"]}, by=clerk)
