"""Who may mediate a case: nobody with a conflict, then whoever has room, knows the subject and has most room."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from app import clock
from app.domain.roles import Role
from app.models import Agent, Case, CaseStaff, DeclaredRelation, Membership, Recusal, User, db
from app.queries.conflicts import candidates, conflicts
from app.services.changing import changing
from tests.factories import people
from tests.flows.office import Case as Filed
from tests.flows.office import Office, Person


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def row(case: Filed) -> Case:
    db.session.rollback()
    return db.session.get_one(Case, case.id)


def order(case: Filed, right_type: str = "design") -> list[int]:
    """Return the ids of the candidates in the order in which they are proposed."""
    return [c.user.id for c in candidates(db.session(), row(case), right_type)]


def reasons(person: Person, case: Filed) -> list[str]:
    """Return why this person must not handle the case."""
    return [c.code for c in conflicts(db.session(), user(person), row(case))]


def keeps_busy(office: Office, person: Person | User, times: int) -> None:
    """Let a mediator hold so many open cases."""
    for _ in range(times):
        case = office.files()
        since = clock.now()
        office.adds(CaseStaff(case_id=case.id, user_id=person.id, role=Role.MEDIATOR.value, since=since))


# -- the order ---------------------------------------------------------------------------------------------------------


def test_whoever_knows_the_subject_comes_first(office: Office) -> None:
    case = office.consented()
    with changing(db.session):
        user(office.second_mediator).specialities = ["design"]
    assert order(case) == [office.second_mediator.id, office.mediator.id]
    assert order(case, "trademark") == [office.mediator.id, office.second_mediator.id]


def test_of_two_who_know_it_equally_the_one_with_more_room_comes_first(office: Office) -> None:
    case = office.consented()
    keeps_busy(office, office.mediator, 2)
    assert order(case) == [office.second_mediator.id, office.mediator.id]


def test_whoever_has_no_room_left_comes_after_those_who_have_even_with_the_speciality(office: Office) -> None:
    case = office.consented()
    with changing(db.session):
        user(office.mediator).specialities = ["design"]
        user(office.mediator).capacity = 1
    assert order(case)[0] == office.mediator.id
    keeps_busy(office, office.mediator, 1)
    assert order(case) == [office.second_mediator.id, office.mediator.id]


def test_closed_cases_and_cases_handed_over_take_no_room(office: Office) -> None:
    case = office.consented()
    done = office.docketed()
    office.requester.acts(done, "withdraw", reason="已自行解决")
    given = office.docketed()
    office.director.acts(given, "hand_over", to=office.second_mediator.id, reason="出差")
    room = {c.user.id: c.load for c in candidates(db.session(), row(case), "design")}
    assert room == {office.mediator.id: 0, office.second_mediator.id: 1}


def test_whoever_has_a_conflict_comes_last_and_is_not_free(office: Office) -> None:
    case = office.consented()
    with changing(db.session):
        user(office.mediator).specialities = ["design"]
        user(office.mediator).employer = office.responding.name
    [first, last] = candidates(db.session(), row(case), "design")
    assert (first.user.id, first.free, last.user.id, last.free) == (
        office.second_mediator.id,
        True,
        office.mediator.id,
        False,
    )


def test_only_active_mediators_of_the_unit_of_the_case_are_proposed(office: Office) -> None:
    case = office.consented()
    with changing(db.session):
        people.person(db.session(), Role.MEDIATOR, unit=people.unit(db.session()), name="区局调解员")
        user(office.second_mediator).active = False
    assert order(case) == [office.mediator.id]


def test_however_many_mediators_there_are_the_database_is_asked_as_often(office: Office) -> None:
    case = row(office.consented())
    _ = [p.organization.name for p in case.parties]
    few = statements(case)
    with changing(db.session):
        for _n in range(15):
            people.person(db.session(), Role.MEDIATOR, unit=db.session.merge(office.unit))
    assert statements(db.session.get_one(Case, case.id)) <= few + 2


def statements(case: Case) -> int:
    """Return how many statements it takes to propose mediators."""
    seen: list[str] = []
    listen = lambda _c, _cursor, statement, *_rest: seen.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    candidates(db.session(), case, "design")
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(seen)


# -- the reasons -------------------------------------------------------------------------------------------------------


def test_nobody_has_a_conflict_without_a_reason(office: Office) -> None:
    case = office.consented()
    assert reasons(office.mediator, case) == []


def test_who_works_for_a_party_is_barred(office: Office) -> None:
    case = office.consented()
    office.adds(Membership(user_id=office.mediator.id, role=Role.APPLICANT.value, organization_id=office.responding.id))
    assert reasons(office.mediator, case) == ["party"]


def test_who_was_ever_agent_of_a_party_is_barred_in_its_other_cases(office: Office) -> None:
    earlier, case = office.consented(), office.consented()
    is_agent(office.mediator, earlier.party(office.requesting.name))
    assert "agent" in reasons(office.mediator, case)


def is_agent(person: Person, party_id: int) -> None:
    """Let a person have been agent of a party, until now."""
    now = clock.now()
    Office.adds(Agent(party_id=party_id, user_id=person.id, name=person.name, special=False, since=now, until=now))


def test_who_acted_against_a_party_in_an_earlier_case_is_barred(office: Office) -> None:
    earlier, case = against_elsewhere(office), office.consented()
    is_agent(office.mediator, earlier.party(office.elsewhere.name))
    assert reasons(office.mediator, case) == ["earlier_case"]


def against_elsewhere(office: Office) -> Filed:
    """Return a case of the requester against a company that is no party of the others."""
    return office.files(respondents=[office.entry(office.elsewhere)])


def test_who_has_declared_a_relation_is_barred(office: Office) -> None:
    case = office.consented()
    relation = {"organization_id": office.requesting.id, "nature": "亲属", "declared_at": clock.now()}
    office.adds(DeclaredRelation(user_id=office.mediator.id, **relation))
    assert reasons(office.mediator, case) == ["declared"]
    assert reasons(office.second_mediator, case) == []


def test_an_employee_of_a_party_is_barred(office: Office) -> None:
    case = office.consented()
    with changing(db.session):
        user(office.mediator).employer = office.requesting.name
    assert reasons(office.mediator, case) == ["employer"]


@pytest.mark.parametrize(("decision", "expected"), [("upheld", ["recused"]), ("rejected", [])])
def test_who_had_to_step_aside_stays_out_of_that_case_and_of_no_other(
    office: Office, decision: str, expected: list[str]
) -> None:
    case, other = office.consented(), office.consented()
    asked = {"reason": "利害关系", "requested_on": clock.today(), "decided_on": clock.today()}
    office.adds(Recusal(case_id=case.id, user_id=office.mediator.id, decision=decision, **asked))
    assert reasons(office.mediator, case) == expected
    assert reasons(office.mediator, other) == []


def test_every_reason_is_named_at_once(office: Office) -> None:
    case = office.consented()
    with changing(db.session):
        user(office.mediator).employer = office.requesting.name
    is_agent(office.mediator, case.party(office.responding.name))
    assert {"employer", "agent"} <= set(reasons(office.mediator, case))
