"""Who acts for a party with a power of attorney (D03): entered with the request or later, by name or with an account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken
from app.domain.events import AgentAdded
from app.models import Agent, Party, User
from app.services import papers
from app.services.acting import Acting

NOT_THIS_USER = "不能以用户 %(name)s 为代理人，请核对用户名"


def add(acting: Acting, party: Party, entries: list[dict[str, Any]], *, rows: str = "") -> None:
    """Enter the agents of ``party``, each with the power of attorney that says how far it goes.

    ``rows`` is the part of a form in which they stand as rows; each refusal is said beside its own.
    """
    for place, entry in enumerate(entries):
        documents = papers.receive(acting, "power_of_attorney", entry.get("files") or [], party=party)
        user = None
        if entry.get("username"):
            field = f"{rows}-{place}-username" if rows else "username"
            user = _with_account(acting.session, entry["username"], party, field)
            refuse_agent(party, user, special=bool(entry["special"]), field=field)
        party.agents.append(
            Agent(
                user=user,
                name=entry["name"],
                firm=entry.get("firm") or "",
                special=bool(entry["special"]),
                file_id=documents[0].file_id if documents else None,
                since=clock.now(),
            )
        )
        acting.record(AgentAdded(party=party.name, agent=entry["name"], special=bool(entry["special"])))


def _with_account(session: Session, username: str, party: Party, field: str) -> User:
    """Return the outside person with that user name.

    One answer for all others: who has an account here, who works here, and whom somebody acts for is nobody's business.
    """
    user = session.scalar(select(User).where(User.username == username, User.active))
    if user is None or user.is_official or not (user.organization_ids or _is_an_agent(session, user)):
        raise RuleBroken(NOT_THIS_USER, field=field, name=username)
    try:
        refuse_other_side(party, user, field=field)
    except RuleBroken:
        raise RuleBroken(NOT_THIS_USER, field=field, name=username) from None
    return user


def _is_an_agent(session: Session, user: User) -> bool:
    return bool(session.scalar(select(exists().where(Agent.user_id == user.id))))


def refuse_agent(party: Party, user: User, *, special: bool, field: str) -> None:
    """An agent acts for one side of a case only, and never while deciding or mediating in it.

    Whoever is this party's agent already is entered again only to be given wider authority.
    """
    if any(a.special or not special for a in _powers(party, user)):
        raise RuleBroken("%(name)s 已是该当事人的代理人", field=field, name=user.name)
    refuse_other_side(party, user, field=field)


def refuse_other_side(party: Party, user: User, *, field: str) -> None:
    """Raise ``RuleBroken`` where this person acts for the other side of the case, or handles it."""
    for other in party.case.parties:
        acts_there = other.organization_id in user.organization_ids or _powers(other, user)
        if other.role != party.role and acts_there:
            raise RuleBroken("%(name)s 已代表对方当事人", field=field, name=user.name)
    if any(s.user_id == user.id for s in party.case.staff):
        raise RuleBroken("%(name)s 是本案的办理人员", field=field, name=user.name)


def _powers(party: Party, user: User) -> list[Agent]:
    return [a for a in party.agents if a.user is user and a.until is None]


def refuse_bound(agent: Agent) -> None:
    """Raise ``RuleBroken`` where the power of attorney has ended, or somebody uses it already."""
    if agent.until is not None:
        raise RuleBroken("%(name)s 的委托已经终止", field="code", name=agent.name)
    if agent.user is not None:
        raise RuleBroken("%(name)s 已经可以登录办理，不需要邀请码", field="code", name=agent.name)


def adopt(agent: Agent, user: User) -> None:
    """Let ``user`` be this agent, with the authority of its power of attorney and no other."""
    agent.user = user
