"""Who may do what: a table of small named tests. Every route, API call and act has a line; what has none is refused.

A test is asked with the person and the thing; all tests of a line must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from app import clock
from app.domain.adjudication import AMONG_THE_PANEL, BEING_ADJUDICATED
from app.domain.awards.applications import PROCESS as AWARD
from app.domain.disputes import PATENT_RIGHTS, DisputeKind
from app.domain.errors import NotAllowed, Stale
from app.domain.families import CLERKS, WORKERS, family_of
from app.domain.mediation import BEING_MEDIATED, LEADS_TO_ADJUDICATION
from app.domain.notices import Subject
from app.domain.roles import (
    AWARD_STAFF,
    PARTY_LANES,
    PROGRAMME_STAFF,
    PROJECT_STAFF,
    ROSTER_STAFF,
    SEATED,
    SUPPORT_STAFF,
    PartyRole,
    Role,
)
from app.domain.roster.visits import AFTER_THE_VISIT
from app.domain.states import State
from app.models import Agent, Case, Contact, DistrictTask, OrgUnit, Party, PolicyPush, RosterMember, Task, User

Test = Callable[[User, Any], bool]


# -- about the person --------------------------------------------------------------------------------------------------


def is_admin(user: User, _thing: Any) -> bool:
    return user.has_role(Role.ADMIN)


def is_supervisor(user: User, _thing: Any) -> bool:
    return user.has_role(Role.SUPERVISOR)


def supervises_all(user: User) -> bool:
    """Say whether this person watches the cases of every unit: a supervisor of the city bureau does."""
    return any(
        m.role == Role.SUPERVISOR and m.unit is not None and m.unit.kind == "city_bureau" for m in user.memberships
    )


def is_official(user: User, _thing: Any) -> bool:
    return user.is_official


def is_caseworker(user: User, _thing: Any) -> bool:
    return any(user.has_role(role) for role in (Role.INTAKE_CLERK, Role.SECTION_HEAD, Role.DIRECTOR, *SEATED))


def has_seats(user: User, _thing: Any) -> bool:
    """Whether cases are given into this person's hands: mediators, adjudicators, and clerks who keep the record."""
    return any(user.has_role(role) for role in (Role.INTAKE_CLERK, *SEATED))


def reviews_awards(user: User, _thing: Any) -> bool:
    return user.has_role(Role.REVIEWER)


def has_to_do_with_awards(user: User, _thing: Any) -> bool:
    return any(user.has_role(role) for role in AWARD_STAFF)


def keeps_the_roster(user: User, _thing: Any) -> bool:
    return _works_at(user, "city_bureau", (Role.ROSTER_MANAGER,))


def has_to_do_with_the_roster(user: User, _thing: Any) -> bool:
    return any(user.has_role(role) for role in ROSTER_STAFF)


def looks_at_the_roster(user: User, _thing: Any) -> bool:
    """Whoever has to do with it, and the districts whose units are on it."""
    return has_to_do_with_the_roster(user, _thing) or answers_for_a_district(user, _thing)


def sees_all_members(user: User, _thing: Any) -> bool:
    """Whoever keeps the roster, leads the programme or supervises it in the city bureau."""
    return _works_at(user, "city_bureau", (Role.ROSTER_MANAGER, Role.SECTION_HEAD, Role.DIRECTOR, Role.SUPERVISOR))


def looks_after_members(user: User, _thing: Any) -> bool:
    """A liaison, or whoever keeps the roster."""
    return user.has_role(Role.LIAISON) or keeps_the_roster(user, _thing)


def sees_training(user: User, _thing: Any) -> bool:
    """Whoever plans courses, leads the programme or supervises it: needs, and people of every unit."""
    return looks_after_members(user, _thing) or sees_all_members(user, _thing)


def follows_visits(user: User, _thing: Any) -> bool:
    """Whoever plans and holds the yearly visits, and who watches over them, for the city or for a district."""
    lead = (Role.ROSTER_MANAGER, Role.LIAISON, Role.DISTRICT_OFFICER, Role.SECTION_HEAD, Role.DIRECTOR, Role.SUPERVISOR)
    return any(user.has_role(role) for role in lead)


def has_to_do_with_projects(user: User, _thing: Any) -> bool:
    return any(user.has_role(role) for role in PROJECT_STAFF)


def draws_up_project_calls(user: User, _thing: Any) -> bool:
    return _works_at(user, "city_bureau", (Role.ROSTER_MANAGER, Role.LIAISON))


def publishes_project_calls(user: User, _thing: Any) -> bool:
    return _works_at(user, "city_bureau", (Role.ROSTER_MANAGER, Role.DIRECTOR))


def draws_up_policies(user: User, _thing: Any) -> bool:
    return _works_at(user, "city_bureau", (Role.ROSTER_MANAGER, Role.REVIEWER))


def directs_the_city_bureau(user: User, _thing: Any) -> bool:
    return any(
        m.role == Role.DIRECTOR and m.unit is not None and m.unit.kind == "city_bureau" for m in user.memberships
    )


def keeps_or_directs(user: User, _thing: Any) -> bool:
    return keeps_the_roster(user, _thing) or directs_the_city_bureau(user, _thing)


def has_the_purse(user: User, _thing: Any) -> bool:
    return user.has_role(Role.FINANCE)


def reviews_or_directs(user: User, _thing: Any) -> bool:
    return user.has_role(Role.REVIEWER) or directs_the_city_bureau(user, _thing)


def finances_or_reviews(user: User, _thing: Any) -> bool:
    return user.has_role(Role.FINANCE) or user.has_role(Role.REVIEWER)


def finances_or_directs(user: User, _thing: Any) -> bool:
    return user.has_role(Role.FINANCE) or directs_the_city_bureau(user, _thing)


# Who puts up notices and handles the objections to them, by what they are about.
HANDLERS = {Subject.AWARD_BATCH: Role.REVIEWER, Subject.ROSTER_BATCH: Role.ROSTER_MANAGER}


def leads_in_the_city_bureau(user: User, _thing: Any) -> bool:
    leads = (Role.SECTION_HEAD, Role.DIRECTOR)
    return any(m.role in leads and m.unit is not None and m.unit.kind == "city_bureau" for m in user.memberships)


def handles_the_subject(user: User, subject: str) -> bool:
    return leads_in_the_city_bureau(user, subject) or user.has_role(HANDLERS[Subject(subject)])


def handles_objections(user: User, _thing: Any) -> bool:
    return any(handles_the_subject(user, subject) for subject in Subject)


def has_to_do_with_the_programme(user: User, _thing: Any) -> bool:
    return any(user.has_role(role) for role in PROGRAMME_STAFF)


def watches_the_programme(user: User, _thing: Any) -> bool:
    """Whoever looks at the programme as a whole, or at what their district has part in it."""
    return sees_all_members(user, _thing) or answers_for_a_district(user, _thing)


def _works_at(user: User, kind: str, roles: Container[str]) -> bool:
    return any(m.unit is not None and m.unit.kind == kind and m.role in roles for m in user.memberships)


def runs_the_programme(user: User, _thing: Any) -> bool:
    """Whoever leads it, and those who keep the roster."""
    return _works_at(user, "city_bureau", (Role.DIRECTOR, Role.SECTION_HEAD, Role.ROSTER_MANAGER))


def enters_supports(user: User, _thing: Any) -> bool:
    return _works_at(user, "city_bureau", SUPPORT_STAFF)


def answers_for_a_district(user: User, _thing: Any) -> bool:
    return _works_at(user, "district_bureau", (Role.DISTRICT_OFFICER,))


def leads_or_answers_for_a_district(user: User, _thing: Any) -> bool:
    return leads_in_the_city_bureau(user, _thing) or answers_for_a_district(user, _thing)


def is_supervisor_or_director(user: User, _thing: Any) -> bool:
    return user.has_role(Role.SUPERVISOR) or user.has_role(Role.DIRECTOR)


def is_clerk_or_admin(user: User, _thing: Any) -> bool:
    return user.has_role(Role.INTAKE_CLERK) or user.has_role(Role.ADMIN)


def may_hold_a_case(user: User, _thing: Any) -> bool:
    return any(user.has_role(role) for role in SEATED)


def speaks_for_an_organization(user: User, _thing: Any) -> bool:
    return bool(user.organization_ids)


def reads_contacts(user: User, _thing: Any) -> bool:
    """Liaisons and those who see the file of every member; which contacts is asked of each."""
    return looks_after_members(user, _thing) or sees_all_members(user, _thing)


def reads_contacts_or_is_of_a_unit(user: User, _thing: Any) -> bool:
    return reads_contacts(user, _thing) or speaks_for_an_organization(user, _thing)


def asks_for_help_or_looks_after(user: User, _thing: Any) -> bool:
    return speaks_for_an_organization(user, _thing) or looks_after_members(user, _thing)


# -- about the programme -----------------------------------------------------------------------------------------------


def answers_for(user: User, unit: OrgUnit | None) -> bool:
    """A district's officer for that district; whoever leads the programme for the city, which is no unit."""
    if unit is None:
        return leads_in_the_city_bureau(user, unit)
    return unit.kind == "district_bureau" and user.has_role(Role.DISTRICT_OFFICER, unit.id)


def looks_after(user: User, member: RosterMember) -> bool:
    """Whoever is there for a member (measure M05): its liaison, and those who keep the roster."""
    return member.liaison_id == user.id or keeps_the_roster(user, member)


def may_correct_it(user: User, contact: Contact) -> bool:
    """Whoever entered it, or is there for one of its members."""
    return contact.entered_by_id == user.id or any(looks_after(user, one) for one in contact.members)


def watches(user: User, unit: OrgUnit | None) -> bool:
    """The city and every district for those who lead or supervise the programme; its own district for an officer."""
    return sees_all_members(user, unit) or (unit is not None and answers_for(user, unit))


def is_of_the_unit(user: User, push: PolicyPush) -> bool:
    return push.member.organization_id in user.organization_ids


def is_of_its_district(user: User, task: DistrictTask) -> bool:
    return answers_for(user, task.unit)


# -- about a case ------------------------------------------------------------------------------------------------------


def stands_in_for(user: User) -> list[User]:
    """Return the colleagues this person stands in for today; their powers are checked as if they acted themselves."""
    today = clock.today()
    return [s.user for s in user.standing_in if s.ended_at is None and s.first <= today <= s.last]


def parties_of(user: User, case: Case) -> list[Party]:
    """Return the parties for which this person may speak: their own organisation's, or as an agent."""
    return [p for p in case.parties if p.sees and (is_its_own(user, p) or agent_of(user, p) is not None)]


def is_its_own(user: User, party: Party) -> bool:
    """Say whether this person is of the party's organisation and known to be (in queries: ``proven``)."""
    return party.organization_id in user.organization_ids and (
        party.files_itself
        or party.organization.verified
        or any(i.used_by_id == user.id and i.agent_id is None for i in party.invitations)
    )


def agent_of(user: User, party: Party) -> Any:
    """Return the power of attorney under which this person acts for ``party``, the widest one, or ``None``."""
    own = [a for a in party.agents if a.user_id == user.id and a.until is None]
    return max(own, key=lambda a: a.special, default=None)


def may_dispose(user: User, party: Party) -> bool:
    """Say whether this person may withdraw, settle or admit for ``party``: the party itself, or a special agent."""
    agent = agent_of(user, party)
    return is_its_own(user, party) or (agent is not None and agent.special)


# Who works on every case of their unit, of every kind; who on those of one family: ``WORKERS``.
UNIT_ROLES = (Role.SECTION_HEAD, Role.DIRECTOR)


def works_in_its_unit(user: User, case: Case) -> bool:
    own = WORKERS[family_of(case.kind)]
    return any(user.has_role(role, case.unit_id) for role in (*UNIT_ROLES, *own)) or recommends_it(user, case)


def pays_or_reviews_it(user: User, case: Case) -> bool:
    """Finance or a reviewer of the unit that an application belongs to."""
    return case.award is not None and any(user.has_role(role, case.unit_id) for role in (Role.FINANCE, Role.REVIEWER))


def recommends_it(user: User, case: Case) -> bool:
    """An officer of the district to which the applicant belongs."""
    return (
        case.kind == AWARD
        and case.award is not None
        and case.award.district_id is not None
        and user.has_role(Role.DISTRICT_OFFICER, case.award.district_id)
    )


def handles_it(user: User, case: Case) -> bool:
    """A caseworker of the unit, or the official who holds the case now (or whom they stand in for)."""
    return any(works_in_its_unit(p, case) or holds_it(p, case) for p in (user, *stands_in_for(user)))


def holds_it(user: User, case: Case) -> bool:
    """An official who holds a role in the case now, and does not rest while it is open whether they must step aside."""
    return any(s.user_id == user.id and s.until is None and not s.resting for s in case.staff)


def is_the_mediator(user: User, case: Case) -> bool:
    return any(s.user_id == user.id for s in case.seats(Role.MEDIATOR))


def sits_on_the_panel(user: User, case: Case) -> bool:
    return any(s.user_id == user.id and not s.resting for s in case.seats(Role.ADJUDICATOR))


def presides(user: User, case: Case) -> bool:
    """Say whether this person presides over the panel, or stands in for who does."""
    return any(
        s.user_id == p.id and s.presides and not s.resting
        for s in case.seats(Role.ADJUDICATOR)
        for p in (user, *stands_in_for(user))
    )


def directs_its_unit(user: User, case: Case) -> bool:
    return any(p.has_role(Role.DIRECTOR, case.unit_id) for p in (user, *stands_in_for(user)))


def clerks_its_unit(user: User, case: Case) -> bool:
    """Who takes in what comes on paper: a clerk, for an award a reviewer, for the roster who keeps it."""
    role = CLERKS[family_of(case.kind)]
    return any(p.has_role(role, case.unit_id) for p in (user, *stands_in_for(user)))


def staying(user: User, case: Case) -> list[Party]:
    """Return the parties for which this person may speak; parties that have left the case are not included."""
    return [p for p in parties_of(user, case) if p.left_at is None]


def is_party(user: User, case: Case) -> bool:
    return bool(staying(user, case))


def disposed_by(user: User, case: Case, *roles: PartyRole) -> list[Party]:
    """Return the parties in ``roles`` for which this person withdraws or settles: their own, else, for a handler, all."""
    own = [p for p in staying(user, case) if p.role in roles and may_dispose(user, p)]
    if own or not handles_it(user, case):
        return own
    return [p for p in case.parties if p.role in roles and p.left_at is None]


def speaks_for_a_requester(user: User, case: Case) -> bool:
    return any(p.role == PartyRole.REQUESTER and may_dispose(user, p) for p in staying(user, case))


def speaks_with_full_power(user: User, case: Case) -> bool:
    return any(may_dispose(user, p) for p in staying(user, case))


def case_is_open(_user: User, case: Case) -> bool:
    return case.is_open


def case_is_closed(_user: User, case: Case) -> bool:
    return not case.is_open


def is_being_mediated(_user: User, case: Case) -> bool:
    return case.staff_in(Role.MEDIATOR) is not None and case.state in BEING_MEDIATED


def is_being_adjudicated(_user: User, case: Case) -> bool:
    return bool(case.seats(Role.ADJUDICATOR)) and case.state in BEING_ADJUDICATED


def has_mediator(_user: User, case: Case) -> bool:
    return case.staff_in(Role.MEDIATOR) is not None


def no_agreement_yet(_user: User, case: Case) -> bool:
    """An agreement that is issued binds: it is performed or broken, but no longer withdrawn from."""
    return not agreement_binds(_user, case)


def agreement_binds(_user: User, case: Case) -> bool:
    """From the issue of the agreement to the end of its performance."""
    return case.state in (State.ISSUED, State.PERFORMING)


def agreement_has_money_to_pay(_user: User, case: Case) -> bool:
    return bool(case.agreements and case.agreements[-1].amount)


def bound_with_full_power_or_handler(user: User, case: Case) -> bool:
    """Who may dispose for a party that the agreement binds, or an official who handles the case."""
    return any(p.takes_part and may_dispose(user, p) for p in parties_of(user, case)) or handles_it(user, case)


def is_about_ownership(_user: User, case: Case) -> bool:
    return case.mediation is not None and case.mediation.dispute_kind == DisputeKind.OWNERSHIP


def awaits_docketing(_user: User, case: Case) -> bool:
    return case.state == State.DOCKETING


def agreement_is_in_effect(_user: User, case: Case) -> bool:
    return case.state == State.PERFORMING


def was_docketed(_user: User, case: Case) -> bool:
    return case.dispute is not None and case.dispute.docketed_on is not None


def may_be_adjudicated(_user: User, case: Case) -> bool:
    """Only the infringement of a patent is adjudicated by the office (patent law, art. 65)."""
    row = case.mediation
    return row is not None and row.right_type in PATENT_RIGHTS and row.dispute_kind == DisputeKind.INFRINGEMENT


def is_adjudicated(_user: User, case: Case) -> bool:
    return case.kind == "adjudication"


def is_suspended(_user: User, case: Case) -> bool:
    return case.state == State.SUSPENDED


def is_not_suspended(_user: User, case: Case) -> bool:
    return case.state != State.SUSPENDED


def is_before_docketing(_user: User, case: Case) -> bool:
    return case.state in (State.REQUESTED, State.CORRECTING, State.DOCKETING)


def is_tried(_user: User, case: Case) -> bool:
    return case.state == State.TRYING


def awaits_the_answer(_user: User, case: Case) -> bool:
    return case.state == State.ANSWERING


def may_still_object(_user: User, case: Case) -> bool:
    """The time to object is that for the answer, whether or not the answer came before its end."""
    return case.state in (State.ANSWERING, State.GATHERING)


def gathers_evidence(_user: User, case: Case) -> bool:
    return case.state == State.GATHERING


def no_decision_yet(_user: User, case: Case) -> bool:
    """What is decided binds: it is performed or sued against, but no longer withdrawn from."""
    return case.state not in (State.DECIDED, State.EXECUTING)


def is_executed(_user: User, case: Case) -> bool:
    """The decision has been served: it is performed, or enforced."""
    return case.state == State.EXECUTING


def is_decided(_user: User, case: Case) -> bool:
    return case.adjudication is not None and case.adjudication.decided_on is not None


def is_published(_user: User, case: Case) -> bool:
    return case.adjudication is not None and case.adjudication.published_on is not None


def is_unpublished(_user: User, case: Case) -> bool:
    """It was public and was taken off the pages."""
    row = case.adjudication
    return row is not None and row.unpublished_on is not None and row.published_on is None


def clerk_or_panel(user: User, case: Case) -> bool:
    return clerks_its_unit(user, case) or sits_on_the_panel(user, case)


def panel_or_head(user: User, case: Case) -> bool:
    return presides(user, case) or directs_its_unit(user, case)


def party_or_clerk(user: User, case: Case) -> bool:
    return speaks_with_full_power(user, case) or clerks_its_unit(user, case)


def may_ask_for_recusal(user: User, case: Case) -> bool:
    """A party, a member for themselves, or an official who enters it for a party."""
    sits = any(s.user_id == user.id for s in case.seats(Role.ADJUDICATOR))
    return is_party(user, case) or sits or clerks_its_unit(user, case)


def not_yet_approved(_user: User, case: Case) -> bool:
    """What has been approved is paid, and no longer withdrawn."""
    return case.state not in (State.APPROVED, State.PAID)


def awaits_the_questionnaire(_user: User, case: Case) -> bool:
    return case.state == State.QUESTIONING


def visit_was_held(_user: User, case: Case) -> bool:
    return case.state in AFTER_THE_VISIT


def not_yet_reported(_user: User, case: Case) -> bool:
    """What has gone to the upper authority is for that authority to give back."""
    return case.state != State.REPORTED


def has_a_liaison(_user: User, case: Case) -> bool:
    return case.staff_in(Role.LIAISON) is not None


def was_funded(_user: User, case: Case) -> bool:
    return case.state == State.FUNDED


def was_paid(_user: User, case: Case) -> bool:
    return case.state in (State.PAID, State.GRANTED)


def pays_in_its_unit(user: User, case: Case) -> bool:
    return user.has_role(Role.FINANCE, case.unit_id)


def reviews_or_pays(user: User, case: Case) -> bool:
    return pays_in_its_unit(user, case) or user.has_role(Role.REVIEWER, case.unit_id)


def owes_papers(_user: User, case: Case) -> bool:
    """Papers were promised when the application was accepted, and are still to come."""
    return case.award is not None and bool(case.award.promised) and case.state == State.RECOMMENDING


def is_being_reviewed(_user: User, case: Case) -> bool:
    return case.state == State.REVIEWING


def applicant_or_clerk(user: User, case: Case) -> bool:
    return speaks_with_full_power(user, case) or clerks_its_unit(user, case)


def evaluates_it(user: User, case: Case) -> bool:
    return any(s.user_id == user.id for s in case.seats(Role.EVALUATOR))


def may_ask_a_reviewer_aside(user: User, case: Case) -> bool:
    """The applicant, a reviewer or expert for themselves, or an official who enters it."""
    seats = (*case.seats(Role.REVIEWER), *case.seats(Role.EVALUATOR))
    return is_party(user, case) or any(s.user_id == user.id for s in seats) or clerks_its_unit(user, case)


def is_handled(_user: User, case: Case) -> bool:
    return case.state == State.HANDLING


def is_with_a_liaison(_user: User, case: Case) -> bool:
    return bool(case.seats(Role.LIAISON))


def respondent_or_clerk(user: User, case: Case) -> bool:
    own = any(p.role == PartyRole.RESPONDENT and may_dispose(user, p) for p in staying(user, case))
    return own or clerks_its_unit(user, case)


def no_recusal_pending(_user: User, case: Case) -> bool:
    return not case.recusal_pending


def ended_without_agreement(_user: User, case: Case) -> bool:
    return case.state in LEADS_TO_ADJUDICATION


def has_not_turned_yet(user: User, case: Case) -> bool:
    """One draft of a request for adjudication for each who asks for it."""
    return all(draft.user_id != user.id for draft in case.drafts)


def party_or_handler(user: User, case: Case) -> bool:
    return is_party(user, case) or handles_it(user, case) or is_the_mediator(user, case)


def requester_or_clerk(user: User, case: Case) -> bool:
    return speaks_for_a_requester(user, case) or clerks_its_unit(user, case)


def requester_or_handler(user: User, case: Case) -> bool:
    """A respondent alone cannot end a case: the requester hands in the settlement, or an official who has seen it."""
    return speaks_for_a_requester(user, case) or handles_it(user, case)


def disposing_party_or_handler(user: User, case: Case) -> bool:
    return speaks_with_full_power(user, case) or handles_it(user, case)


# -- about an agent ----------------------------------------------------------------------------------------------------


def acts_in_an_open_case(_user: User, agent: Agent) -> bool:
    return agent.party.case.is_open


def gave_the_power_or_handles_it(user: User, agent: Agent) -> bool:
    """The party that the agent acts for, with full power, or an official who handles the case."""
    party = agent.party
    own = party in parties_of(user, party.case) and may_dispose(user, party)
    return own or handles_it(user, party.case)


# -- about a task ------------------------------------------------------------------------------------------------------


def task_is_open(_user: User, task: Task) -> bool:
    return task.is_open


def holds_the_role(user: User, task: Task) -> bool:
    """The task is offered to this person: as its holder, through the queue of their role and unit, or as a party.

    A clerk of the unit may enter what a party handed in on paper. A deputy needs the absent colleague's role.
    """
    if task.form in AMONG_THE_PANEL:  # nobody stands in for what a member says to the others
        return holds(user, task)
    if task.role in _PARTY_ROLES:
        return _speaks_in(user, task) or clerks_its_unit(user, task.case)
    return holds(user, task) or any(holds(p, task) and user.has_role(task.role) for p in stands_in_for(user))


_PARTY_ROLES = frozenset(role.value for roles in PARTY_LANES.values() for role in roles)


def _speaks_in(user: User, task: Task) -> bool:
    return task.party is not None and (is_its_own(user, task.party) or agent_of(user, task.party) is not None)


def holds(user: User, task: Task) -> bool:
    """Say whether a task of the office is this person's by their own powers: in their hands, or in a queue of theirs."""
    if task.assignee_id is not None:
        return task.assignee_id == user.id and user.has_role(task.role)
    return user.has_role(task.role, task.unit_id)


def is_held_by_them(user: User, task: Task) -> bool:
    return task.assignee_id == user.id or any(task.assignee_id == p.id for p in stands_in_for(user))


def is_not_ones_own(user: User, task: Task) -> bool:
    """Nobody reminds themselves, also not of what waits in a queue that is theirs."""
    return task.assignee_id != user.id and not is_in_a_queue_of_theirs(user, task)


def is_in_a_queue_of_theirs(user: User, task: Task) -> bool:
    return task.assignee_id is None and task.unit_id is not None and user.has_role(task.role, task.unit_id)


def goes_not_with_the_case(_user: User, task: Task) -> bool:
    """Who holds a case has its tasks: in a queue every colleague could read them, one who was recused too."""
    return task.role not in SEATED and task.seat_id is None


def assigns_in_its_unit(user: User, task: Task) -> bool:
    return task.unit_id is not None and (
        is_held_by_them(user, task) or user.has_role(Role.DIRECTOR, task.unit_id) or holds(user, task)
    )


def is_not_resting(_user: User, task: Task) -> bool:
    """A task that goes with the case rests while it is open whether who has it must step aside."""
    return not any(s.resting and s.user_id == task.assignee_id for s in task.case.seats(task.role))


def is_not_held_up(_user: User, task: Task) -> bool:
    """While a case is suspended only what the suspension itself needs goes on; the rest waits (order 81, art. 28)."""
    return task.case.state != State.SUSPENDED or task.form in GOES_ON


# What is done in a suspended case: decisions of the head that do not touch the matter itself, and a reply whose time runs.
GOES_ON = frozenset(
    {
        "decide_jurisdiction",
        "decide_panel_recusal",
        "replace_member",
        "decide_cancellation",
        "settle_registration",
        "hearing_reply",
    }
)


MAY: dict[str, tuple[Test, ...]] = {
    "task.complete": (task_is_open, holds_the_role, is_not_resting, is_not_held_up),
    "task.claim": (task_is_open, is_in_a_queue_of_theirs),
    "task.release": (task_is_open, is_held_by_them, goes_not_with_the_case),
    "task.hand_over": (task_is_open, assigns_in_its_unit),
    "task.urge": (task_is_open, is_not_ones_own, lambda u, t: directs_its_unit(u, t.case) or is_supervisor(u, t)),
    "case.start.mediation": (lambda u, _: speaks_for_an_organization(u, _) or u.has_role(Role.INTAKE_CLERK),),
    "case.start.adjudication": (lambda u, _: speaks_for_an_organization(u, _) or u.has_role(Role.INTAKE_CLERK),),
    "case.start.award_application": (speaks_for_an_organization,),
    "case.start.roster_intake": (speaks_for_an_organization,),
    "case.start.roster_review": (keeps_the_roster,),
    "case.start.assistance": (asks_for_help_or_looks_after,),
    "case.start.visit": (keeps_the_roster,),
    "case.start.project": (speaks_for_an_organization,),
    "case.note": (handles_it,),
    "case.follow": (),
    "case.link": (handles_it,),
    "party.invite": (case_is_open, handles_it),
    "agent.invite": (acts_in_an_open_case, gave_the_power_or_handles_it),
    "case.reveal": (handles_it,),
    "calendar.change": (is_admin,),
    "settings.change": (is_admin,),
    "award_options.choose": (directs_the_city_bureau,),
    "award.reveal_account": (pays_or_reviews_it,),
    "award_batch.draw_up": (reviews_awards,),
    "award_batch.take_out": (reviews_or_directs,),
    "award_batch.approve": (directs_the_city_bureau,),
    "award_list.load": (reviews_awards,),
    "payment_list.make": (has_the_purse,),
    "payment_list.load": (has_the_purse,),
    "award_call.draw_up": (reviews_awards,),
    "award_call.publish": (directs_the_city_bureau,),
    "award_call.add_budget": (finances_or_directs,),
    "award_schedule.draw_up": (reviews_awards,),
    "award_schedule.publish": (directs_the_city_bureau,),
    "roster_criteria.draw_up": (keeps_the_roster,),
    "roster_criteria.publish": (directs_the_city_bureau,),
    "published_policy.draw_up": (draws_up_policies,),
    "published_policy.publish": (directs_the_city_bureau,),
    "published_policy.repeal": (directs_the_city_bureau,),
    "policy_push.make": (keeps_the_roster,),
    "policy_push.answer": (is_of_the_unit,),
    "roster.decide": (directs_the_city_bureau,),
    "roster_bar.enter": (keeps_the_roster,),
    "roster_batch.draw_up": (keeps_the_roster,),
    "roster_batch.publish": (directs_the_city_bureau,),
    "roster_batch.announce": (keeps_the_roster,),
    "roster_batch.take_out": (keeps_or_directs,),
    "roster_batch.conclude": (directs_the_city_bureau,),
    "roster.appoint_liaison": (keeps_the_roster,),
    "training_need.state": (speaks_for_an_organization,),
    "training_course.draw_up": (looks_after_members,),
    "training_course.publish": (keeps_the_roster,),
    "training_course.record": (looks_after_members,),
    "training_seat.take": (speaks_for_an_organization,),
    "contact.enter": (looks_after_members,),
    "contact.correct": (looks_after_members, may_correct_it),
    "package.change": (looks_after_members, looks_after),
    "visit.plan": (keeps_the_roster,),
    "project_call.draw_up": (draws_up_project_calls,),
    "project_call.publish": (publishes_project_calls,),
    "notice.put_up": (handles_the_subject,),
    "notice.withdraw": (handles_the_subject,),
    "objection.handle": (handles_the_subject,),
    "programme.see": (watches,),
    "target.report": (answers_for,),
    "target.plan": (answers_for,),
    "target.confirm": (leads_in_the_city_bureau,),
    "district_task.set": (runs_the_programme,),
    "district_task.report": (is_of_its_district,),
    "district_task.assess": (runs_the_programme,),
    "support.enter": (enters_supports,),
    "people.manage": (is_admin,),
    "incident.retry": (is_admin,),
    "relation.declare": (may_hold_a_case,),
    "organization.verify": (is_clerk_or_admin,),
    "organization.rename": (is_clerk_or_admin,),
    "act.withdraw": (case_is_open, no_agreement_yet, requester_or_clerk),
    "act.settle": (case_is_open, no_agreement_yet, requester_or_handler),
    "act.recuse": (case_is_open, is_being_mediated, no_recusal_pending, party_or_handler),
    "act.hand_over": (case_is_open, has_mediator, no_recusal_pending, directs_its_unit),
    "act.extend_closing": (case_is_open, is_about_ownership, directs_its_unit),
    "act.record_contact": (case_is_open, handles_it),
    "act.add_agent": (case_is_open, disposing_party_or_handler),
    "act.register_service": (handles_it,),  # receipts come back after the end, and the last letter is served then
    "act.register_statement": (case_is_open, awaits_docketing, clerks_its_unit),
    "act.record_resumption": (case_is_open, agreement_is_in_effect, is_about_ownership, disposing_party_or_handler),
    "act.copy_to_cnipa": (case_is_closed, was_docketed, is_about_ownership, clerks_its_unit),
    "act.file_case": (case_is_closed, clerks_its_unit),
    "act.apply_notarisation": (
        case_is_open,
        agreement_binds,
        agreement_has_money_to_pay,
        bound_with_full_power_or_handler,
    ),
    "act.withdraw_application": (case_is_open, not_yet_approved, applicant_or_clerk),
    "act.withdraw_project": (case_is_open, not_yet_reported, applicant_or_clerk),
    "act.change_project_liaison": (case_is_open, has_a_liaison, clerks_its_unit),
    "act.record_project_milestone": (was_funded, handles_it),
    "act.record_evaluation": (was_paid, reviews_or_pays),
    "act.propose_recovery": (was_paid, reviews_or_pays),
    "act.decide_recovery": (was_paid, directs_its_unit),
    "act.record_repayment": (was_paid, pays_in_its_unit),
    "act.supply_papers": (case_is_open, owes_papers, applicant_or_clerk),
    "act.recuse_reviewer": (case_is_open, is_being_reviewed, no_recusal_pending, may_ask_a_reviewer_aside),
    "act.withdraw_nomination": (case_is_open, applicant_or_clerk),
    "act.step_aside": (case_is_open, is_being_reviewed, evaluates_it),
    "act.withdraw_assistance": (case_is_open, party_or_clerk),
    "act.extend_assistance": (case_is_open, is_handled, clerks_its_unit),
    "act.reassign_assistance": (case_is_open, is_handled, is_with_a_liaison, clerks_its_unit),
    "act.cancel_visit": (case_is_open, clerks_its_unit),
    "act.skip_questionnaire": (case_is_open, awaits_the_questionnaire, handles_it),
    "act.change_visitor": (case_is_open, clerks_its_unit),
    "act.amend_problems": (case_is_open, visit_was_held, clerks_its_unit),
    "act.withdraw_case": (case_is_open, no_decision_yet, requester_or_clerk),
    "act.settle_case": (case_is_open, no_decision_yet, requester_or_handler),
    "act.propose_cancellation": (case_is_open, no_decision_yet, presides),
    "act.recuse_member": (case_is_open, is_being_adjudicated, may_ask_for_recusal),
    "act.change_panel": (case_is_open, is_being_adjudicated, directs_its_unit),
    "act.change_recorder": (case_is_open, is_being_adjudicated, directs_its_unit),
    "act.object_jurisdiction": (case_is_open, may_still_object, respondent_or_clerk),
    "act.ask_suspension": (case_is_open, is_being_adjudicated, is_not_suspended, party_or_clerk),
    "act.ask_reschedule": (case_is_open, is_tried, is_not_suspended, party_or_clerk),
    "act.suspend": (case_is_open, is_being_adjudicated, is_not_suspended, presides),
    "act.resume": (case_is_open, is_suspended, panel_or_head),
    "act.extend_docketing": (case_is_open, is_adjudicated, is_before_docketing, directs_its_unit),
    "act.extend_closing_of_case": (case_is_open, is_being_adjudicated, directs_its_unit),
    "act.extend_answer": (case_is_open, awaits_the_answer, presides),
    "act.register_answer": (case_is_open, is_being_adjudicated, is_not_suspended, clerks_its_unit),
    "act.register_signed_answer": (case_is_open, is_being_adjudicated, is_not_suspended, clerks_its_unit),
    "act.join_party": (case_is_open, is_being_adjudicated, panel_or_head),
    "act.succeed_party": (case_is_open, is_being_adjudicated, panel_or_head),
    "act.mediate": (case_is_open, is_being_adjudicated, is_not_suspended, presides),
    "act.settlement_talks": (case_is_open, is_being_adjudicated, presides),
    "act.end_talks": (case_is_open, is_being_adjudicated, presides),
    "act.submit_evidence": (case_is_open, is_being_adjudicated, is_not_suspended, party_or_clerk),
    "act.extend_evidence": (case_is_open, gathers_evidence, presides),
    "act.examine_new_evidence": (case_is_open, is_being_adjudicated, is_not_suspended, presides),
    "act.request_measure": (case_is_open, is_being_adjudicated, is_not_suspended, party_or_clerk),
    "act.propose_measure": (case_is_open, is_being_adjudicated, presides),
    "act.record_measure": (case_is_open, is_being_adjudicated, sits_on_the_panel),
    "act.record_suit": (is_adjudicated, is_decided, clerk_or_panel),
    "act.request_enforcement": (case_is_open, is_executed, requester_or_clerk),
    "act.withdraw_publication": (is_published, directs_its_unit),
    "act.publish_again": (is_unpublished, directs_its_unit),
    "act.correct_decision": (is_adjudicated, is_decided, directs_its_unit),
    "act.to_adjudication": (
        ended_without_agreement,
        may_be_adjudicated,
        speaks_for_a_requester,
        has_not_turned_yet,
    ),
}


# Tests about where a case or task stands, whoever asks: where one of them alone fails, somebody was there before, or
# the step has gone by.
OF_THE_MOMENT = frozenset(
    {
        case_is_open,
        no_agreement_yet,
        no_recusal_pending,
        is_being_mediated,
        is_being_adjudicated,
        is_tried,
        is_suspended,
        is_not_suspended,
        is_before_docketing,
        awaits_the_answer,
        may_still_object,
        gathers_evidence,
        no_decision_yet,
        is_being_reviewed,
        awaits_the_questionnaire,
        visit_was_held,
        owes_papers,
        was_paid,
        not_yet_approved,
        is_handled,
        is_with_a_liaison,
        not_yet_reported,
        has_a_liaison,
        was_funded,
        is_decided,
        is_executed,
        is_published,
        is_unpublished,
        is_not_held_up,
        has_mediator,
        awaits_docketing,
        has_not_turned_yet,
        is_not_resting,
        task_is_open,
    }
)


def may(user: User, action: str, thing: Any = None) -> bool:
    """Say whether ``user`` may do ``action`` to ``thing``. An action without a line is not allowed to anybody."""
    tests = MAY.get(action)
    return tests is not None and user.active and all(test(user, thing) for test in tests)


def check(user: User, action: str, thing: Any = None) -> None:
    """Raise ``NotAllowed`` unless ``user`` may do ``action`` to ``thing``; ``Stale`` where they might, but not any more."""
    tests = MAY.get(action)
    if tests is None or not user.active or any(not test(user, thing) for test in tests if test not in OF_THE_MOMENT):
        raise NotAllowed("您没有办理这一事项的权限")
    if not may(user, action, thing):
        raise Stale("案件目前不在可以办理这一事项的阶段")


def refuse_closed(task: Task) -> None:
    """Raise ``Stale`` for a task that is done or gone: whoever answers it comes too late, allowed or not."""
    if not task.is_open:
        raise Stale("刚才已有人办理了这一事项，请刷新后查看")
