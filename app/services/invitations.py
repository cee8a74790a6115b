"""Invitations: a code lets somebody into one case, as a party's own or as its agent."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import codes, passwords
from app.domain.errors import RuleBroken, Stale
from app.domain.roles import Role
from app.models import Agent, Invitation, Membership, Organization, Party, User
from app.services import access_log, agents
from app.services.signup import Newcomer, new_person, note_arrival

DAYS = 30
LENGTH = 12


def invite(session: Session, party: Party, by: User) -> str:
    """Return a new code by which somebody may act for ``party``; it is shown once and works once."""
    policy.check(by, "party.invite", party.case)
    return _code(session, party, None, by)


def invite_agent(session: Session, agent: Agent, by: User) -> str:
    """Return a new code by which somebody becomes this agent, with the authority of its power of attorney."""
    policy.check(by, "agent.invite", agent)
    agents.refuse_bound(agent)
    return _code(session, agent.party, agent, by)


def _code(session: Session, party: Party, agent: Agent | None, by: User) -> str:
    """Make a code; an earlier one for the same that nobody has used ends now."""
    code = codes.new(LENGTH)
    now, agent_id = clock.now(), agent.id if agent else None
    for earlier in party.invitations:
        if earlier.agent_id == agent_id and earlier.used_at is None:
            earlier.expires_at = min(earlier.expires_at, now)
    party.invitations.append(
        Invitation(
            agent=agent,
            digest=passwords.digest(code),
            created_by_id=by.id,
            created_at=now,
            expires_at=now + timedelta(days=DAYS),
        )
    )
    access_log.record(session, "invited", user=by, case=party.case_id, party=party.id, agent=agent_id)
    return codes.shown(code)


def meant(session: Session, code: str, who: User | None, *, confirmed: bool = False) -> Invitation:
    """Return the invitation with this code, which ``who`` could accept (``None``: somebody without an account).

    Raises ``Stale`` where somebody has used it between the question whether to join and its answer (``confirmed``).
    """
    invitation = session.scalar(
        select(Invitation).where(Invitation.digest == passwords.digest(codes.read(code))).with_for_update(of=Invitation)
    )
    used = invitation is not None and invitation.used_at is not None
    if used and confirmed:
        raise Stale("这一邀请码刚才已经用过")
    if invitation is None or used or invitation.expires_at <= clock.now():
        raise RuleBroken("邀请码不正确、已经用过或者已经过期，请与受理窗口联系", field="code")
    if invitation.agent is not None:
        agents.refuse_bound(invitation.agent)
    if who is not None:
        _refuse(invitation, who)
    return invitation


def _refuse(invitation: Invitation, user: User) -> None:
    """Raise ``RuleBroken`` where this person works here, stands on the other side, or is in already."""
    if user.is_official:
        raise RuleBroken("工作人员账号不能代表当事人，请另行注册", field="code")
    party = invitation.party
    if invitation.agent is not None:
        agents.refuse_agent(party, user, special=invitation.agent.special, field="code")
        return
    agents.refuse_other_side(party, user, field="code")
    if policy.is_its_own(user, party):
        name = party.name
        raise RuleBroken("您已经可以代表“%(name)s”办理，不需要邀请码", field="code", name=name)


def accept(session: Session, code: str, *, who: Newcomer | User, address: str = "") -> User:
    """Let somebody act for the party a code was made for, as its own or as its agent, with an account or a new one."""
    invitation = meant(session, code, who if isinstance(who, User) else None)
    organization = invitation.party.organization if invitation.agent is None else None
    if isinstance(who, User):
        user = who
        _join(session, user, organization, address)
    else:
        user = new_person(session, who, organization)
        note_arrival(session, user, organization, address)
    if invitation.agent is not None:
        agents.adopt(invitation.agent, user)
    else:  # it speaks for itself from now on; what the other side said of it stays with the other side's request
        invitation.party.own_words = True
    invitation.used_by_id, invitation.used_at = user.id, clock.now()
    party, agent = invitation.party_id, invitation.agent_id
    access_log.record(session, "invitation_accepted", user=user, address=address, party=party, agent=agent)
    return user


def _join(session: Session, user: User, organization: Organization | None, address: str) -> None:
    if organization is None or organization.id in user.organization_ids:
        return
    user.memberships.append(Membership(role=Role.APPLICANT, organization=organization))
    access_log.record(
        session, "role_given", user=user, address=address, role=Role.APPLICANT, organization=organization.id
    )
