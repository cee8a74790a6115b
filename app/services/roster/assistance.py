"""Requests of members for help (measure M08): registered, assigned or referred, answered, rated, once more where not solved."""

from __future__ import annotations

from app import clock, policy
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import (
    HelpAnswered,
    HelpAsked,
    HelpAskedAgain,
    HelpAssigned,
    HelpHandedBack,
    HelpRated,
    HelpReassigned,
    HelpWithdrawn,
)
from app.domain.roles import PartyRole, Role
from app.domain.roster import assistance
from app.domain.roster.assistance import Need
from app.models import Assistance, CaseStaff, Organization, Party, Task, User
from app.queries import assistance as queries
from app.services import clocks, filing, papers, stepping
from app.services.acting import Acting, Answers, Data, act, start, step

RULE = "assistance.handle"


# -- registering -------------------------------------------------------------------------------------------------------


@start(assistance.PROCESS)
def register(acting: Acting, answers: Answers) -> Data:
    """Enter what a member asks for; its own people do, its liaison, or whoever keeps the roster."""
    organization = acting.session.get(Organization, answers["organization"])
    if organization is None or acting.by is None:
        raise NotAllowed("您不能代表这家单位登记诉求")
    own = organization.id in acting.by.organization_ids
    if not own and not acting.by.is_official:
        raise NotAllowed("您不能代表这家单位登记诉求")
    member = queries.membership_of(acting.session, organization.id)
    if member is None:
        raise RuleBroken("%(name)s 不在培优名录中，不能登记诉求", field="organization", name=organization.name)
    if not own and not policy.looks_after(acting.by, member):
        raise RuleBroken("%(name)s 不由您联络", field="organization", name=organization.name)
    need, files = Need(answers["need"]), list(answers.get("files") or [])
    _enter(acting, organization, need, own=own)
    acting.session.add(Assistance(case_id=acting.case.id, member=member, need=need.value, wanted=answers["wanted"]))
    if not own and member.liaison_id == acting.by.id:
        _leave(_seat(acting, acting.by), "handed_over")  # who registered it goes on seeing what becomes of it
    acting.session.flush()  # events and papers refer to it
    acting.milestone("help_asked", acting.today)
    acting.record(HelpAsked(need=need.label, files=len(files)))
    papers.receive(acting, "assistance_material", files, party=acting.case.parties[0])
    return {}


def _enter(acting: Acting, organization: Organization, need: Need, *, own: bool) -> None:
    case = acting.case
    case.unit_id = filing.bureau_id(acting.session)
    case.parties.append(
        Party(
            organization=organization,
            role=PartyRole.APPLICANT.value,
            place=1,
            sees=True,
            files_itself=own,
            own_words=own,
            e_service_consent=True,
        )
    )
    case.title = assistance.title(organization.name, need)
    case.title_en = assistance.title_en(organization.name, need)
    case.party_names, case.subject = organization.name, need.label
    acting.session.add(case)
    acting.session.flush()  # what follows refers to the case by id


# -- assigning ---------------------------------------------------------------------------------------------------------


@step("assign_assistance")
def assign(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Give the request into the hands of a liaison, or refer it to a body that is named in words."""
    row = current(acting)
    acting.milestone("help_assigned", acting.today)
    if answers["assignment"] == "refer":
        row.assignee, row.referral, row.referred_to = None, answers["referral"], answers["referred_to"]
        acting.record(HelpAssigned(to=row.referred_to, referred=True))
        return {"assignment": "refer"}
    liaison = _liaison(acting, answers)
    row.assignee, row.referral, row.referred_to = liaison, None, ""
    _seat(acting, liaison)
    acting.record(HelpAssigned(to=liaison.name))
    return {"assignment": "liaison"}


def _liaison(acting: Acting, answers: Answers) -> User:
    found = {one.id: one for one in queries.liaisons(acting.session, acting.case)}.get(answers["liaison"])
    if found is None:
        raise RuleBroken("请选择可以承办的直联专员", field="liaison")
    return found


def _seat(acting: Acting, liaison: User) -> CaseStaff:
    seat = CaseStaff(user=liaison, user_id=liaison.id, role=Role.LIAISON.value, since=clock.now())
    acting.case.staff.append(seat)
    acting.session.flush()  # its task belongs to the seat by id
    return seat


def _leave(seat: CaseStaff, because: str = "reassigned") -> None:
    seat.until, seat.left_because = clock.now(), because


@act("reassign_assistance")
def reassign(acting: Acting, answers: Answers) -> None:
    """Let another liaison have the request with its open step; its period goes on."""
    liaison = _liaison(acting, answers)
    was = acting.case.seats(Role.LIAISON)[0]
    if was.user_id == liaison.id:
        raise RuleBroken("诉求已经由%(name)s承办", field="liaison", name=liaison.name)
    _leave(was)
    stepping.pass_on(acting, was, _seat(acting, liaison))
    current(acting).assignee = liaison
    acting.record(HelpReassigned(was=was.user.name, to=liaison.name, reason=answers["reason"]))


@act("extend_assistance")
def extend(acting: Acting, answers: Answers) -> None:
    """Give more time to handle it, once."""
    clocks.extend(acting, RULE, answers["reason"])


# -- handling ----------------------------------------------------------------------------------------------------------


@step("handle_assistance")
def handle(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Answer the member, or hand the request back to be assigned anew, with a reason."""
    row = current(acting)
    if answers["handling"] == "hand_back":
        for seat in acting.case.seats(Role.LIAISON):
            _leave(seat)
        row.assignee, row.referral, row.referred_to = None, None, ""
        acting.milestone("help_asked", acting.today)  # the time to assign it begins anew
        acting.record(HelpHandedBack(reason=answers["reason"]))
        return {"handling": "hand_back"}
    files = list(answers.get("files") or [])
    row.answer = answers["answer"]
    papers.receive(acting, "assistance_answer", files)
    acting.milestone("help_answered", acting.today)
    acting.record(HelpAnswered(answer=row.answer, files=len(files)))
    return {"handling": "answer"}


# -- rating ------------------------------------------------------------------------------------------------------------


@step("rate_assistance")
def rate(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Take in how the member rates the answer; what is not solved goes back once to whoever had it."""
    row = current(acting)
    solved, rating, remark = answers["solved"], int(answers["rating"]), answers.get("remark") or ""
    row.solved, row.rating, row.remark = solved, rating, remark
    if solved or row.reopened:
        acting.record(HelpRated(solved=solved, rating=rating, remark=remark))
        return {"rated": "solved" if solved else "unsolved"}
    row.reopened = True
    acting.milestone("help_assigned", acting.today)
    acting.record(HelpAskedAgain(rating=rating, remark=remark))
    return {"rated": "again"}


@act("withdraw_assistance")
def withdraw(acting: Acting, answers: Answers) -> Data:
    """Withdraw the request; nobody has to do anything any more."""
    acting.record(HelpWithdrawn(reason=answers.get("reason") or ""))
    return {}


def current(acting: Acting) -> Assistance:
    """Return what the case in hand is about."""
    return acting.session.get_one(Assistance, acting.case.id)
