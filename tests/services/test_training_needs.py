"""What training members need in a year: told by themselves, changed while it runs, counted for those who plan courses."""

from __future__ import annotations

from typing import Any

import pytest

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken
from app.domain.roles import Role
from app.domain.roster.training import Audience, Subject
from app.models import TrainingNeed, db
from app.queries import training as queries
from app.services.changing import changing
from app.services.roster import training
from app.services.roster.training import Need
from tests.conftest import Today
from tests.flows.office import Office, account
from tests.flows.training import School, open_school


@pytest.fixture
def school(either_office: Office) -> School:
    return open_school(either_office)


def states(school: School, who: str, subject: Subject = Subject.PATENTS, people: int = 10, **more: Any) -> int:
    given = Need(subject, more.pop("audiences", [Audience.RESEARCH]), people, "布局")
    with changing(db.session):
        year = more.pop("year", clock.today().year)
        return training.state_need(db.session(), given, year=year, by=school.user(who)).id


def changes(school: School, who: str, need_id: int, people: int) -> None:
    with changing(db.session):
        need = queries.need_for(db.session(), school.user(who), need_id)
        training.change_need(db.session(), need, Need(Subject.PATENTS, [Audience.LEGAL], people), by=school.user(who))


def test_needs_are_counted_by_subject_and_district(school: School) -> None:
    states(school, "甲", people=10)
    states(school, "甲", Subject.BRANDS, people=3)
    states(school, "乙", people=5)
    states(school, "乙", Subject.PATENTS, people=9, year=clock.today().year + 1)
    found = queries.collected(db.session(), clock.today().year)
    assert [one.name for one in found.districts] == ["南海区局", "顺德区局"]
    assert (found.row("patents"), found.total("patents"), found.units["patents"]) == ([10, 5], 15, 2)
    assert (found.row("brands"), found.row("disputes")) == ([3, 0], [0, 0])
    assert queries.subjects_in_order(found)[:2] == [Subject.PATENTS, Subject.BRANDS]
    assert len(found.entries) == 3


def test_a_unit_says_it_once_a_year_and_subject_and_may_change_it(school: School, today: Today) -> None:
    need_id = states(school, "甲")
    with pytest.raises(RuleBroken, match="已经填报"):
        states(school, "甲", people=11)
    changes(school, "甲", need_id, 12)
    need = db.session.get_one(TrainingNeed, need_id)
    assert (need.people, need.audiences, need.words) == (12, ["legal"], "")
    today.moves(days=366)
    with pytest.raises(RuleBroken, match="今年和明年"):
        changes(school, "甲", need_id, 13)
    db.session.expire_all()
    assert db.session.get_one(TrainingNeed, need_id).people == 12


def test_what_was_said_can_be_taken_back(school: School) -> None:
    need_id = states(school, "甲")
    with changing(db.session):
        need = queries.need_for(db.session(), school.user("甲"), need_id)
        training.withdraw_need(db.session(), need, by=school.user("甲"))
    assert queries.own_needs(db.session(), school.user("甲")) == []


def test_who_is_not_on_the_roster_states_none(school: School) -> None:
    with pytest.raises(NotAllowed, match="培优名录内"):
        states(school, "丙")
    with pytest.raises(NotAllowed):
        states(school, "lin")


@pytest.mark.parametrize("more", [{"audiences": []}, {"people": 0}, {"people": 1000}, {"year": 2020}])
def test_a_need_that_cannot_be_is_refused(school: School, more: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken):
        states(school, "甲", **more)


def test_a_unit_sees_its_own_needs_only(school: School) -> None:
    need_id = states(school, "甲")
    with pytest.raises(NotFound):
        queries.need_for(db.session(), school.user("乙"), need_id)
    assert queries.own_needs(db.session(), school.user("乙")) == []


def test_who_signed_up_under_the_name_of_a_unit_nobody_has_checked_sees_what_they_wrote(school: School) -> None:
    need_id = states(school, "甲")
    unit = school.unit("甲")
    unit.verified = False
    other = account("other", "自称的人", Role.APPLICANT, unit)
    db.session.add(other)
    db.session.commit()
    assert [one.id for one in queries.own_needs(db.session(), school.user("甲"))] == [need_id]
    with pytest.raises(NotFound):
        queries.need_for(db.session(), other, need_id)
