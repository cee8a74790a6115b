"""The services agreed with a member: by whom, read by whom, once each, and how far they have come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roster.package import MEASURES, Progress, Service
from app.models import PackageItem, User, db
from app.queries import roster
from app.queries import service_package as queries
from app.services.changing import changing
from app.services.roster import package
from app.services.roster.package import Agreed
from tests.flows.assisting import LiaisonOffice, build_liaison_office


@pytest.fixture
def office(either_app: Any) -> LiaisonOffice:
    return build_liaison_office(either_app, db.session())


def agrees(office: LiaisonOffice, by: User | None = None, days: int = 30, what: str = "对接两家银行") -> PackageItem:
    until = clock.today() + timedelta(days=days)
    with changing(db.session):
        return package.agree(
            db.session(),
            office.member(),
            Agreed(Service.PLEDGE, what, until),
            by=by or office.user(office.liaison),
        )


def test_the_liaison_of_a_member_or_who_keeps_the_roster_agrees_on_services(office: LiaisonOffice) -> None:
    item = agrees(office)
    assert (item.state, item.agreed_on) == ("planned", clock.today())
    agrees(office, office.user(office.keeper), what="风险补偿")
    for person in (office.second_liaison, office.director, office.requester):
        with pytest.raises(NotAllowed):
            agrees(office, office.user(person), what="别的")


def test_a_member_reads_its_own_package_and_another_liaison_does_not(office: LiaisonOffice) -> None:
    item = agrees(office)
    mine = roster.member_for(db.session(), office.user(office.requester), office.member_id)
    assert queries.items(db.session(), mine) == [item]
    for person in (office.respondent, office.second_liaison):
        with pytest.raises(NotFound):
            roster.member_for(db.session(), office.user(person), office.member_id)
    with pytest.raises(NotFound):
        queries.item_for(db.session(), office.user(office.requester), mine, item.id)


def test_the_same_service_is_agreed_once_and_never_for_a_day_that_is_past(office: LiaisonOffice) -> None:
    agrees(office)
    with pytest.raises(Stale):
        agrees(office)
    with pytest.raises(RuleBroken) as refused:
        agrees(office, days=-1)
    assert refused.value.field == "until"


def test_who_looks_after_it_says_how_far_it_has_come(office: LiaisonOffice) -> None:
    item = agrees(office)
    later = agrees(office, days=60, what="风险补偿")
    by = office.user(office.keeper)
    with changing(db.session):
        package.report(db.session(), item, Progress.DONE, "银行已经放款", by=by)
    assert (item.state, item.note, item.changed_by) == ("done", "银行已经放款", by)
    assert queries.items(db.session(), office.member()) == [later, item]
    with pytest.raises(Stale), changing(db.session):
        package.report(db.session(), item, Progress.DONE, "银行已经放款", by=by)
    with pytest.raises(NotAllowed), changing(db.session):
        package.report(db.session(), item, Progress.PLANNED, "", by=office.user(office.second_liaison))


def test_every_service_but_the_last_stands_in_the_programme() -> None:
    assert set(Service) - set(MEASURES) == {Service.OTHER}
