"""Views: the filters that people keep, for themselves or for their unit."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import NotFound, RuleBroken
from app.domain.roles import Role
from app.models import User, db
from app.queries.views import views_of
from app.services import views
from app.services.changing import changing
from tests.factories import people
from tests.flows.office import Office, Person


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def keeps(person: Person, name: str, *, shared: bool = False, **query: Any) -> int:
    db.session.rollback()
    with changing(db.session):
        view = views.save(db.session(), name=name, query=query, shared=shared, by=user(person))
    return int(view.id)


def seen(person: Person) -> list[tuple[str, dict[str, Any]]]:
    db.session.rollback()
    return [(v.name, v.query) for v in views_of(db.session(), user(person))]


def test_a_view_under_the_same_name_takes_the_place_of_the_old_one(either_office: Office) -> None:
    keeps(either_office.clerk, "逾期", lamp="yellow")
    keeps(either_office.clerk, "逾期", lamp="red")
    assert seen(either_office.clerk) == [("逾期", {"lamp": "red"})]


def test_a_view_is_ones_own_until_it_is_shared_with_the_unit(office: Office) -> None:
    keeps(office.clerk, "逾期", lamp="red")
    assert seen(office.second_clerk) == []
    keeps(office.clerk, "逾期", shared=True, lamp="red")
    assert seen(office.second_clerk) == [("逾期", {"lamp": "red"})]
    assert seen(office.requester) == []
    keeps(office.clerk, "逾期", lamp="red")
    assert seen(office.second_clerk) == []


def test_a_shared_view_stays_inside_its_unit(office: Office) -> None:
    keeps(office.clerk, "逾期", shared=True, lamp="red")
    with changing(db.session):
        elsewhere = people.person(db.session(), Role.INTAKE_CLERK, unit=people.unit(db.session()))
    assert views_of(db.session(), elsewhere) == []


def test_a_party_has_nobody_to_share_with(office: Office) -> None:
    with pytest.raises(RuleBroken):
        keeps(office.requester, "待办", shared=True)


def test_only_its_author_removes_a_view(office: Office) -> None:
    view_id = keeps(office.clerk, "逾期", shared=True, lamp="red")
    with pytest.raises(NotFound):
        views.delete(db.session(), view_id, by=user(office.second_clerk))
    with changing(db.session):
        views.delete(db.session(), view_id, by=user(office.clerk))
    assert seen(office.clerk) == []
