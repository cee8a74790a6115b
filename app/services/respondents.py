"""A correction names another respondent, or drops one (order 81, art. 16); nobody of them has learned of the case yet.

Who is added is served like everybody else once the request is accepted, and has fifteen days of their own (art. 65).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import exists, or_, select

from app.domain.errors import NotAllowed, RuleBroken
from app.domain.roles import PartyRole
from app.models import DeclaredRelation, Membership, Organization, Party
from app.queries.corrections import may_be_put_right
from app.services import parties
from app.services.acting import Acting
from app.services.filing import organization_named, stated_of

Change = tuple[str, str, str, str]


def drop(acting: Acting, party_ids: Iterable[int], left: list[Organization]) -> Iterator[Change]:
    """Take respondents out of the case; ``left`` gathers the rows that nobody stands for afterwards."""
    for party_id in party_ids:
        party = parties.party_in(acting, party_id)
        if party.role != PartyRole.RESPONDENT or acting.by is None or not may_be_put_right(acting.by, party):
            raise NotAllowed("您不能更正这一当事人的信息")
        if named_here_only(acting, party):
            left.append(party.organization)
        for invitation in party.invitations:
            acting.session.delete(invitation)
        acting.case.parties.remove(party)
        acting.session.delete(party)
        yield f"{PartyRole.RESPONDENT.label} {party.name}", "删去", "", ""


def add(acting: Acting, entries: Iterable[Mapping[str, Any]]) -> Iterator[Change]:
    """Enter more respondents as the correction names them."""
    for row, entry in enumerate(entries):
        organization = organization_named(acting, entry)
        if any(p.organization is organization for p in acting.case.parties):
            raise RuleBroken("%(name)s 被填写了两次", field=f"added-{row}-name", name=entry["name"])
        acting.case.parties.append(
            Party(
                organization=organization,
                role=PartyRole.RESPONDENT.value,
                place=max(p.place for p in acting.case.parties) + 1,
                stated=stated_of(organization, entry),
            )
        )
        yield f"{PartyRole.RESPONDENT.label} {entry['name']}", "增加", "", ""


def named_here_only(acting: Acting, party: Party) -> bool:
    """Say whether all that is known of the party's organisation is what this request said of it."""
    own = party.organization_id
    return not party.organization.verified and not acting.session.scalar(
        select(
            or_(
                exists().where(Membership.organization_id == own),
                exists().where(DeclaredRelation.organization_id == own),
                exists().where(Party.organization_id == own, Party.id != party.id),
            )
        )
    )
