"""Applying for an award: which one, in whose name, for what, with which papers (programme, part 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.domain.awards import applications, calls, grants
from app.domain.awards.applications import Thing
from app.domain.awards.calls import CallMode, CallStage
from app.domain.awards.grants import Claim
from app.domain.awards.kinds import Evidence, Mode
from app.domain.awards.schedule import Award, on_day
from app.domain.errors import RuleBroken
from app.domain.events import ApplicationFiled
from app.domain.organizations import OrgKind
from app.domain.texts import Text
from app.models import AwardApplication, AwardCall, AwardSchedule, AwardThing, Organization, OrgUnit
from app.queries import award_calls, award_options, award_schedule, versions
from app.services import answered, filing, papers
from app.services.acting import Acting, Answers, Data, start
from app.services.awards import accounts, recovering


@dataclass(frozen=True, slots=True)
class Asked:
    """What is applied for: the call, the line of the schedule that holds, and the version it stands in."""

    call: AwardCall
    line: Award
    digest: str


@start(applications.PROCESS)
def file_application(acting: Acting, answers: Answers) -> Data:
    """Enter the application, its applicant, its things and papers; return what the diagram begins with."""
    organization = filing.own_organization(acting, answers["organization"])
    asked = asked_for(acting, answers["applies_for"])
    _refuse_outside(acting, asked, organization)
    things = things_of(answers["things"])
    applications.refuse_bad_things(things, asked.line, acting.today)
    account = accounts.checked(organization, answers)
    promised = _refuse_missing(asked.line, answers.get("papers") or [], answers.get("promised") or [])
    enter(acting, organization, asked.line)
    row = entered(acting, asked, organization, things, base=answered.money(answers.get("base")), account=account)
    row.promised = promised
    row.district_id = answers["district"]
    acting.session.flush()  # events, papers and things refer to it
    acting.milestone("application_received", acting.case.received_on)
    acting.record(ApplicationFiled(award=asked.line.name.zh, files=len(_files(answers))))
    party = acting.case.parties[0]
    for entry in answers.get("papers") or []:
        papers.receive(acting, "award_evidence", entry["files"], party=party, title=Evidence(entry["kind"]).label)
    papers.issue(acting, "award_receipt", to=[party], receipt_number=acting.case.receipt_number)
    return beginning(asked.call)


def beginning(call: AwardCall) -> Data:
    """Return what the diagram begins with: every word that a gateway may read before somebody has said it."""
    return {
        "mode": call.mode,
        "experts": call.experts,
        "promised": False,
        **dict.fromkeys(("check", "conclusion", "confirmation", "batch"), "open"),
    }


def asked_for(acting: Acting, choice: str) -> Asked:
    """Return what is meant by ``3:AW11``: a published call and one of its awards, as it holds today."""
    number, _, award = choice.partition(":")
    call = award_calls.numbered(acting.session, int(number))
    if award not in call.awards:
        raise RuleBroken("这一通知没有这个奖项", field="applies_for")
    version = versions.in_force(acting.session, AwardSchedule, acting.today)
    return Asked(call, on_day(award_schedule.lines_of(version), award, acting.today), version.digest)


def _refuse_outside(acting: Acting, asked: Asked, organization: Organization) -> None:
    """Refuse what the call is not for: another time, another kind of applicant, somebody who is barred."""
    match asked.call.stage(acting.today):
        case CallStage.COMING:
            raise RuleBroken("%(day)s 才开始申报", field="applies_for", day=asked.call.opens_on)
        case CallStage.ENDED:
            raise RuleBroken("申报已于 %(day)s 截止", field="applies_for", day=asked.call.closes_on)
    recovering.refuse_barred(acting.session, organization, acting.today, field="organization")
    if not award_calls.is_for(acting.session, asked.call, organization.id, acting.today):
        raise RuleBroken(
            "这一奖项只限培优名录内的单位，%(name)s 不在名录中", field="organization", name=organization.name
        )
    if asked.call.mode != CallMode.APPLICATION:
        raise RuleBroken("这一奖项免申即享，不需要申报", field="applies_for")
    if not calls.may_apply(OrgKind(organization.kind), asked.line):
        raise RuleBroken("%(name)s 不属于这一奖项的申报主体", field="organization", name=organization.name)


def things_of(entries: Sequence[Mapping[str, Any]]) -> list[Thing]:
    """Return what the application is for."""
    return [Thing(one["name"], one["number"], date.fromisoformat(one["on"])) for one in entries]


def _refuse_missing(line: Award, enclosed: Sequence[Mapping[str, Any]], promised: Sequence[str]) -> list[str]:
    """Refuse an application without its main papers; return which secondary ones are promised."""
    there = {one["kind"] for one in enclosed if one["files"]}
    for needed in line.evidence:
        if needed.kind in there or (needed.secondary and needed.kind in promised):
            continue
        raise RuleBroken("缺少材料：%(what)s", field="papers", what=needed.kind.label)
    secondary = {one.kind for one in line.evidence if one.secondary}
    return [kind for kind in promised if kind in secondary - there]


def enter(acting: Acting, organization: Organization, line: Award) -> None:
    """Enter the case with its unit and its one party, and call it by applicant and award."""
    title = Text(f"{organization.name} {line.name.zh}", f"{organization.name}: {line.name.en}")
    filing.enter_applicant(acting, organization, title, f"{line.id} {line.name.zh}")


def entered(
    acting: Acting,
    asked: Asked,
    organization: Organization,
    things: Sequence[Thing],
    *,
    base: Decimal | None,
    account: accounts.Account | None,
) -> AwardApplication:
    """Enter what the application is for, with what it comes to before cap and budget, and return its row."""
    option = award_options.chosen(acting.session, "award.year", "award.branches")
    claim = _claim(asked.line, things, base)
    year = applications.counted_year(option["award.year"], applied_on=acting.today, things=things)
    computed = grants.compute(asked.line, claim, year=year, rounding=award_options.rounding(acting.session))
    row = AwardApplication(
        case_id=acting.case.id,
        call_id=asked.call.id,
        award=asked.line.id,
        mode=asked.call.mode,
        schedule_digest=asked.digest,
        applied_on=acting.today,
        counted_year=year,
        identity_id=organization.id,
        base=base,
        requested=computed.computed,
        items_approved=claim.items,
        promised=[],
        round=1,
    )
    if account is not None:
        row.account_name, row.bank, row.account = account.name, account.bank, account.number
    row.things = _rows(asked.line, things)
    acting.session.add(row)
    return row


def rewrite(acting: Acting, row: AwardApplication, line: Award, things: Sequence[Thing], *, base: Any) -> None:
    """Let an application be for other things, or another price; what it comes to follows."""
    base = answered.money(base) if base else row.base
    row.base = base if line.mode is Mode.PERCENT else None
    claim = _claim(line, things, row.base)
    computed = grants.compute(line, claim, year=row.counted_year, rounding=award_options.rounding(acting.session))
    row.requested, row.items_approved = computed.computed, claim.items
    row.things = _rows(line, things)


def _claim(line: Award, things: Sequence[Thing], base: Decimal | None) -> Claim:
    return Claim(
        base=base,
        items=len(things) if line.mode in (Mode.PER_ITEM, Mode.CEILING) else 1,
        approved=line.each * len(things) if line.mode is Mode.CEILING else None,
    )


def _rows(line: Award, things: Sequence[Thing]) -> list[AwardThing]:
    return [
        AwardThing(place=place, item=line.item.value, name=one.name, number=one.number, key=one.key[:80], on=one.on)
        for place, one in enumerate(things, 1)
    ]


def district_of(acting: Acting, organization: Organization) -> int | None:
    """Return the district bureau in whose region the organisation is registered, by its code."""
    found = select(OrgUnit.id).where(OrgUnit.kind == "district_bureau", OrgUnit.active)
    return acting.session.scalar(found.where(OrgUnit.region == (organization.uscc or "")[2:8]))


def _files(answers: Answers) -> list[int]:
    return [i for entry in answers.get("papers") or [] for i in entry["files"]]
