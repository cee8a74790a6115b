"""The demonstration's city: everybody in it can be told from everybody else by where they are and how to reach them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo import people, places
from app.domain import identifiers
from app.domain.roles import Role
from app.models import OrgUnit, User

DISTRICTS = {
    "440604": ("禅城区", "5280"),
    "440605": ("南海区", "5282"),
    "440606": ("顺德区", "5283"),
    "440607": ("三水区", "5281"),
    "440608": ("高明区", "5285"),
    "442000": ("中山市", "5284"),
}


@pytest.fixture
def city(session: Session) -> people.City:
    return people.build(session)


def all_different(values: list[str]) -> bool:
    return len(values) == len(set(values))


def test_nobody_shares_an_address_or_a_number(city: people.City, session: Session) -> None:
    units, organizations = session.scalars(select(OrgUnit)).all(), city.organizations
    assert all_different([one.address for one in (*units, *organizations)])
    numbers = [str(one.phone) for one in (*units, *organizations, *session.scalars(select(User)))]
    assert all_different(numbers)
    assert all(identifiers.phone(number) == number for number in numbers)


def test_an_organisation_lies_in_the_district_where_it_is_registered(city: people.City) -> None:
    for one in city.organizations:
        district, postcodes = DISTRICTS[str(one.uscc)[2:8]]
        assert district in one.address and one.postcode.startswith(postcodes), one.name
        assert identifiers.postcode(one.postcode) == one.postcode


def test_a_town_has_one_postcode_of_its_district() -> None:
    for code, (_, postcodes) in DISTRICTS.items():
        streets = places.REGIONS[code].streets
        assert all(postcode.startswith(postcodes) for postcode, _, _ in streets)
        assert len({(postcode, town) for postcode, town, _ in streets}) == len({town for _, town, _ in streets})


def test_the_organisations_of_a_district_are_spread_over_its_towns(city: people.City) -> None:
    def towns(code: str) -> set[str]:
        return {one.postcode for one in city.organizations if str(one.uscc)[2:8] == code}

    assert all(len(towns(code)) >= 4 for code in DISTRICTS if code != "442000")


def test_a_unit_lies_in_its_district(city: people.City, session: Session) -> None:
    for unit in session.scalars(select(OrgUnit).where(OrgUnit.region != "440600")):
        assert DISTRICTS[unit.region][0] in unit.address


def test_people_have_mobiles_that_no_network_gives(city: people.City) -> None:
    assert all(str(one.phone).startswith("154") for one in city.people.values())


def test_the_city_bureau_can_seat_a_panel_and_have_its_decision_reviewed_by_somebody_else(city: people.City) -> None:
    def who(role: Role) -> set[str]:
        return {name for name, _, unit, roles, _ in people.OFFICIALS if unit == "city" and role in roles}

    assert len(who(Role.ADJUDICATOR) - who(Role.DIRECTOR)) >= 3
    assert who(Role.SECTION_HEAD) and not who(Role.SECTION_HEAD) & who(Role.ADJUDICATOR)
    assert set(people.GUIDES) <= set(city.people)
