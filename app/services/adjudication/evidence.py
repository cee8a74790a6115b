"""The evidence of a case: its period, what is handed in, how it is numbered and cross-examined (order 81, arts. 54-58)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from app.domain.errors import RuleBroken
from app.domain.events import EvidenceExamined, EvidenceHandedIn, EvidencePeriodSet, NewEvidenceExamined
from app.domain.periods import AGREED, Regime
from app.domain.roles import PartyRole
from app.models import Deadline, Document, Evidence, Party, Task
from app.queries.adjudications import evidence_of
from app.services import clocks, lapses, papers, parties, pauses, stepping
from app.services.acting import Acting, Answers, Data, act, after_service, lapse, operation, step
from app.services.adjudication.cancellation import is_own, speaking

RULE, EXTENDED = "evidence.period", "evidence_extension"
STEP = "hand_in_evidence"


def enter(
    acting: Acting, party: Party | None, entries: Iterable[Mapping[str, Any]], *, on: date, late: bool
) -> list[Evidence]:
    """Enter what ``party`` hands in (or, without one, what the office collected), each piece in its place."""
    place = acting.session.scalar(select(func.max(Evidence.place)).where(Evidence.case_id == acting.case.id)) or 0
    found = []
    for entry in entries:
        place += 1
        row = Evidence(
            case_id=acting.case.id,
            place=place,
            party_id=party.id if party else None,
            title=entry["title"],
            proves=entry.get("proves") or "",
            pages=entry.get("pages") or None,
            handed_in_on=on,
            late=late,
            number="",
            opinions={},
            assessment="",
        )
        acting.session.add(row)
        found.append(row)
    acting.session.flush()  # the next piece takes the next place
    return found


def receive(acting: Acting, party: Party, entries: list[dict[str, Any]], *, on: date, late: bool) -> None:
    """Take pieces of evidence with their files, and tell of it."""
    for entry in entries:
        papers.receive(acting, "evidence", entry.get("files") or [], party=party, title=entry["title"])
    enter(acting, party, entries, on=on, late=late)
    acting.record(EvidenceHandedIn(party=party.name, pieces=len(entries), late=late))


@step("set_evidence_period")
def set_evidence_period(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Give each party a period of its own from the service of the notice; the text of 2015 knows none (TL12)."""
    if not answers["period"]:
        acting.remark(answers.get("reason"))
        return {"period": False}
    if acting.case.regime == Regime.ORDER71:
        raise RuleBroken("本案适用的规定没有举证期限，请选择不指定；当事人可以随时补充证据", field="period")
    days, agreed = int(answers["days"]), bool(answers.get("agreed"))
    if agreed and not papers.receive(acting, "agreed_evidence_period", answers.get("files") or []):
        raise RuleBroken("请上传各方协商一致的书面材料", field="files")
    # refuses less than the least
    clocks.due_of(acting, RULE, start=acting.today, length=days, variant=AGREED if agreed else None)
    acting.record(EvidencePeriodSet(days=days))
    told = [p for p in acting.case.parties if p.takes_part]
    papers.issue(acting, "evidence_notice", to=told, days=days, agreed=agreed)
    return {"period": True}


def ask_late(acting: Acting, party: Party) -> None:
    """Give who joins the case while evidence is handed in the same number of days, from their own notice.

    A shorter period that the others agreed upon binds those who agreed to it alone (order 81, art. 54).
    """
    if not stepping.ask_also(acting, STEP, party):
        return
    notice = papers.latest(acting.session, acting.case, "evidence_notice")
    assert notice is not None  # the step is open because of it
    days = max(int(papers.facts_behind(acting.session, notice)["days"]), clocks.length_of(acting, RULE))
    papers.issue(acting, "evidence_notice", to=[party], days=days, agreed=False)


@after_service("evidence_notice")
def period_runs(acting: Acting, document: Document, party: Party, on: date) -> None:
    """The period of each party runs from the day on which the notice reached it."""
    set_to = papers.facts_behind(acting.session, document)
    if set_to.get("agreed"):
        acting.variants[RULE] = AGREED
    clocks.run_from_service(acting, RULE, STEP, party, on, int(set_to["days"]))


@step(STEP)
def hand_in_evidence(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take what a party has; the case goes on when nobody's evidence is waited for any more."""
    party = task.party
    assert party is not None
    received = date.fromisoformat(answers["received_on"]) if answers.get("received_on") else acting.today
    lapses.refuse_paper_out_of_time(acting, task, received)
    receive(acting, party, answers.get("evidence") or [], on=received, late=False)
    papers.receive(acting, "signed_evidence_list", answers.get("files") or [], party=party)
    clocks.end(acting, RULE, party=party, met=True)
    return None if stepping.others_asked(acting, STEP, than=party) else {}


@lapse(RULE)
def period_lapsed(acting: Acting, deadline: Deadline) -> bool:
    """Who is out of time is not waited for; who has not been told yet is."""
    assert deadline.party is not None
    return not stepping.others_asked(acting, STEP, than=deadline.party)


@operation("close_evidence")
def close_evidence(_acting: Acting) -> Data:
    """The period is over for everybody."""
    return {}


@act("submit_evidence")
def submit_evidence(acting: Acting, answers: Answers) -> Data | None:
    """Take more evidence; what comes after the party's period is kept and marked as late."""
    party = speaking(acting, answers, *PartyRole)
    signed = papers.receive(acting, "signed_evidence_list", answers.get("files") or [], party=party)
    if not signed and not is_own(acting, party):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    on_paper = not is_own(acting, party) and answers.get("received_on")
    received = date.fromisoformat(on_paper) if on_paper else acting.today
    receive(acting, party, answers["evidence"], on=received, late=_out_of_time(acting, party, received))
    return None


def _out_of_time(acting: Acting, party: Party, on: date) -> bool:
    """Say whether the party's period was over on that day, whether or not it had handed in something before."""
    own = [d for d in acting.deadlines if d.rule == RULE and d.party_id == party.id and d.state != "cancelled"]
    return any(on > d.due_on for d in own)


@act("extend_evidence")
def extend_evidence(acting: Acting, answers: Answers) -> Data | None:
    """Give a party more time; by as many days the case may take longer (order 81, arts. 37 and 54)."""
    party = parties.party_in(acting, answers["party"])
    running = next((d for d in clocks.open_ones(acting) if d.rule == RULE and d.party_id == party.id), None)
    if running is None:
        raise RuleBroken("这一方没有正在计算的举证期限，不能延长", field="party")
    was, days = running.due_on, int(answers["days"])
    [asked, *_rest] = papers.receive(acting, "extension_request", answers["files"], party=party)
    clocks.extend(acting, RULE, answers["reason"], party=party, length=days)
    if pauses.stops_anything(acting, EXTENDED):
        pauses.leave_out(
            acting,
            EXTENDED,
            answers["reason"],
            was + timedelta(days=1),
            running.due_on,
            decided_in=asked,
        )
    papers.issue(
        acting,
        "extension_notice",
        to=[party],
        period="举证期限",
        length=f"{days}日",
        until=running.due_on.isoformat(),
        reason=answers["reason"],
    )
    return None


def extended_until(acting: Acting) -> dict[int, date]:
    """Return until when each lengthened period would run without the suspension that lasts, by its id."""
    over = [p for p in acting.pauses if p.last is not None]
    lengthened = [d for d in clocks.open_ones(acting) if d.rule == RULE and d.extensions]
    return {d.id: clocks.counted(d, acting.calendar, over).due for d in lengthened}


def move_extensions(acting: Acting, were: Mapping[int, date]) -> None:
    """Leave out the days by which a period was lengthened where they lie now: a suspension moved them on (art. 37)."""
    moved = False
    for deadline in acting.deadlines:
        was = were.get(deadline.id)
        if was is None or deadline.due_on == was:
            continue
        usual = clocks.counted(deadline, acting.calendar, acting.pauses, before_last_extension=True).due
        for left_out in acting.pauses:
            if left_out.kind == EXTENDED and left_out.last == was:
                left_out.first, left_out.last = usual + timedelta(days=1), deadline.due_on
                moved = True
    if moved:
        pauses.count_all_again(acting, EXTENDED)


@step("examine_evidence")
def examine_evidence(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Give each piece its number, keep what the other side says of it, and make the lists (D02)."""
    acting.record(EvidenceExamined(pieces=_examine(acting, evidence_of(acting.session, acting.case), answers)))
    return {}


@act("examine_new_evidence")
def examine_new_evidence(acting: Acting, answers: Answers) -> Data | None:
    """Number what came after the others were numbered, and keep what the other side says of it."""
    rows = evidence_of(acting.session, acting.case)
    new = [e for e in rows if not e.number]
    if len(new) == len(rows):
        raise RuleBroken("请在“证据编号与质证”一步为证据编号", field="examined")
    if not new:
        raise RuleBroken("证据都已经编号，没有新的证据", field="examined")
    taken = {e.number for e in rows if e.number}
    for place, entry in enumerate(answers.get("examined") or []):
        if entry["number"] in taken:
            raise RuleBroken("编号 %(n)s 重复", field=f"examined-{place}-number", n=entry["number"])
    acting.record(NewEvidenceExamined(pieces=_examine(acting, new, answers)))
    return None


def _examine(acting: Acting, rows: list[Evidence], answers: Answers) -> int:
    """Keep number and opinion of each of these pieces, make the lists, and return how many pieces there were."""
    examined = {e.id: e for e in rows}
    entries = answers.get("examined") or []
    if examined.keys() - {e["evidence"] for e in entries}:
        raise RuleBroken("还有证据没有编号", field="examined")
    for place, entry in enumerate(entries):
        row = examined.get(entry["evidence"])
        if row is None:
            raise RuleBroken("请选择本案的证据", field=f"examined-{place}-evidence")
        row.number, row.opinions = entry["number"], {"other": entry["opinion"]}
    acting.remark(answers.get("note"))
    for submitter, own in _by_party(rows).items():
        papers.issue(
            acting,
            "evidence_list",
            submitter=submitter,
            items=[
                {
                    "n": e.number,
                    "title": e.title,
                    "proves": e.proves,
                    "pages": e.pages or "",
                    "note": e.opinions["other"],
                }
                for e in own
            ],
        )
    return len(entries)


def _by_party(rows: list[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for row in sorted(rows, key=lambda e: e.place):
        found.setdefault(row.party.name if row.party else "本局", []).append(row)
    return found
