"""The panel: appointed at docketing, told to the parties, asked to step aside, changed (order 81, arts. 5 and 20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app import clock, notifications
from app.domain import deadlines, statute
from app.domain.adjudication import AFTER_THE_TRIAL, BEING_ADJUDICATED, refuse_bad_panel
from app.domain.disputes import RecusalGround
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import PanelAppointed, PanelChanged, RecusalDecided, RecusalRequested
from app.domain.periods import Regime
from app.domain.roles import Role
from app.models import CaseStaff, Document, Party, Recusal, Task, User
from app.policy import sits_on_the_panel, staying
from app.queries import recusals
from app.services import answered, clocks, papers, parties, pauses, stepping, tasks
from app.services.acting import Acting, Answers, Data, act, after_service, step
from app.services.adjudication import current

ROLE = Role.ADJUDICATOR


def appoint(acting: Acting, members: list[int], presiding: int, recorder: int) -> None:
    """Put an odd panel of three or more, all free of conflict, on the case, with who presides and who keeps the record."""
    refuse_bad_panel(members, presiding)
    if recorder in members:
        raise RuleBroken("书记员不能是合议组成员", field="recorder")
    sitting = [_official(acting, user_id, "members") for user_id in members]
    row = current.adjudication(acting)
    row.recorder = acting.session.get_one(User, recorder)
    tasks.refuse_conflict(acting.session, row.recorder, acting.case, field="recorder")
    for user in sitting:
        acting.case.staff.append(_seat(user, presides=user.id == presiding))
    acting.session.flush()  # the seats are told apart by id
    chair = next(u for u in sitting if u.id == presiding)
    acting.record(
        PanelAppointed(
            presiding=chair.name, members=tuple(u.name for u in sitting if u is not chair), recorder=row.recorder.name
        )
    )
    for user in sitting:
        notifications.panel_joined(acting.session, acting.case, user)


def _official(acting: Acting, user_id: int, field: str) -> User:
    user = acting.session.get(User, user_id)
    if user is None:
        raise NotFound("user")
    if not user.active or not user.has_role(ROLE, acting.case.unit_id):
        raise RuleBroken("%(name)s 不是本单位的办案人员", field=field, name=user.name)
    tasks.refuse_conflict(acting.session, user, acting.case, field=field)
    return user


def _seat(user: User, *, presides: bool) -> CaseStaff:
    return CaseStaff(user=user, user_id=user.id, role=ROLE.value, since=clock.now(), presides=presides)


def tell(acting: Acting, *changes: tuple[str, str], to: Sequence[Party] = ()) -> None:
    """Tell the parties, or those of them that are named, who sits on the panel and how long they may ask for recusal (D12)."""
    term = statute.rule("recusal.request").term(Regime(acting.case.regime))
    papers.issue(
        acting,
        "panel_notice",
        to=to or [p for p in acting.case.parties if p.takes_part],
        days=term.length.n if term.length else None,
        replaced=[{"out": out, "in": into} for out, into in changes],
    )


@after_service("panel_notice")
def recusal_runs(acting: Acting, _document: Document, party: Party, _on: date) -> None:
    """Whoever has learned who sits on the panel may ask within three working days that somebody step aside (TL10)."""
    if acting.case.state in BEING_ADJUDICATED:
        clocks.start(acting, "recusal.request", party=party)


@act("recuse_member")
def recuse_member(acting: Acting, answers: Answers) -> Data | None:
    """Ask that members step aside; each rests until it is decided, and may be asked about once more (2019 guide).

    Where a request is pending already, this one joins it: the head of the department decides on both.
    """
    assert acting.by is not None
    seats = [_sitting(acting, seat_id) for seat_id in answers["members"]]
    own = sits_on_the_panel(acting.by, acting.case)
    party = _asking(acting, answers, own=own)
    if answers["ground"] == RecusalGround.OWN_REQUEST and [s.user_id for s in seats] != [acting.by.id]:
        raise RuleBroken("本人申请回避的，只能勾选本人", field="members")
    if party is not None:
        if acting.case.state in AFTER_THE_TRIAL:
            raise RuleBroken("审理已经终结，当事人不能再申请回避", field="members")
        _refuse_late(acting, party, answered.day(answers.get("known_on")))
    pending = {r.user_id for r in recusals.all_pending(acting.session, acting.case)}
    waiting = bool(pending)
    asked_by = party.name if party else acting.by.name
    reason = f"{RecusalGround(answers['ground']).label}：{answers['reason']}"
    for seat in seats:
        if seat.user_id in pending:
            raise RuleBroken("对%(name)s的回避申请正在审查", field="members", name=seat.user.name)
        _ask(acting, seat, party, asked_by, reason)
    papers.receive(acting, "recusal_proof", answers.get("files") or [], party=party)
    acting.case.recusal_pending = True
    if waiting:
        return None
    acting.milestone("recusal_requested", acting.today)
    pauses.pause(acting, "recusal", "等待回避决定")
    return {}


def _ask(acting: Acting, seat: CaseStaff, party: Party | None, asked_by: str, reason: str) -> None:
    earlier = _earlier(acting, seat.user_id, party)
    if earlier >= 2:
        raise RuleBroken("对%(name)s的回避申请已经复议，不能再次提出", field="members", name=seat.user.name)
    acting.session.add(
        Recusal(
            case_id=acting.case.id,
            party_id=party.id if party else None,
            user_id=seat.user_id,
            reason=reason,
            requested_on=acting.today,
            review=earlier == 1,
        )
    )
    seat.resting = True
    if earlier == 1:
        acting.milestone("review_requested", acting.today)
        clocks.start(acting, "recusal.review")
    acting.record(RecusalRequested(party=asked_by, official=seat.user.name, reason=reason, review=earlier == 1))
    papers.issue(acting, "recusal_application", applicant=asked_by, official=seat.user.name, reason=reason)


def _sitting(acting: Acting, seat_id: int) -> CaseStaff:
    seat = next((s for s in acting.case.seats(ROLE) if s.id == seat_id), None)
    if seat is None:
        raise RuleBroken("请选择现任的合议组成员", field="members")
    return seat


def _asking(acting: Acting, answers: Answers, *, own: bool) -> Party | None:
    """Return the party that asks: one's own, or the one for whom an official enters it; a member asks for nobody."""
    assert acting.by is not None
    party = next(iter(staying(acting.by, acting.case)), None)
    if party is not None or own:
        return party
    if not answers.get("party"):
        raise RuleBroken("请选择提出申请的当事人", field="party")
    return parties.party_in(acting, answers["party"])


def _refuse_late(acting: Acting, party: Party, known_on: date | None) -> None:
    """Refuse a request after three working days from the notice, unless the ground was learned later (TL10)."""
    rule = statute.rule("recusal.request").term(deadlines.Regime(acting.case.regime))
    listed = acting.milestone_of("list_known", party)
    if listed is None or rule.length is None:
        return
    due = clocks.due_of(acting, "recusal.request", start=listed)
    if acting.today > due and (known_on is None or known_on <= due):
        raise RuleBroken(
            "应当自知道办案人员名单之日起 3 个工作日内（至 %(due)s）提出；之后才知道事由的，请填写知道的日期",
            field="known_on",
            due=due,
        )


def _earlier(acting: Acting, user_id: int, party: Party | None) -> int:
    """Return how often this party has already asked that this member step aside, in vain."""
    asked = select(func.count()).select_from(Recusal)
    mine = Recusal.party_id == party.id if party is not None else Recusal.party_id.is_(None)
    rejected = asked.where(
        Recusal.case_id == acting.case.id, Recusal.user_id == user_id, mine, Recusal.decision == "rejected"
    )
    return acting.session.scalar(rejected) or 0


@step("decide_panel_recusal")
def decide_panel_recusal(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Decide on each member; whoever has to step aside leaves the panel, the others go on."""
    pending = {r.id: r for r in recusals.all_pending(acting.session, acting.case)}
    upheld = False
    decided = {entry["recusal"] for entry in answers["decisions"]}
    if missing := [r.user.name for r in pending.values() if r.id not in decided]:
        raise RuleBroken("请对每一名被申请回避的人作出决定：%(names)s", field="decisions", names=missing)
    for entry in answers["decisions"]:
        row = pending.get(entry["recusal"])
        if row is None:
            raise RuleBroken("请对正在审查的回避申请作出决定", field="decisions")
        upheld |= _decide(acting, row, entry)
    clocks.end(acting, "recusal.review", met=True)
    if not upheld:
        _go_on(acting)
    return {"recusal": "upheld" if upheld else "rejected"}


def _decide(acting: Acting, row: Recusal, entry: Answers) -> bool:
    assert acting.by is not None
    if row.user_id == acting.by.id:
        raise RuleBroken("不能对本人的回避作出决定", field="decisions")
    row.decision, row.decision_reason = entry["decision"], entry["reason"]
    row.decided_on, row.decided_by_id = acting.today, acting.by.id
    upheld = row.decision == "upheld"
    told = "回避成立" if upheld else "回避不成立"
    acting.record(RecusalDecided(official=row.user.name, decision=told, reason=entry["reason"]))
    papers.issue(
        acting,
        "recusal_decision",
        to=[p for p in acting.case.parties if p.takes_part],
        applicant=row.party.name if row.party else row.user.name,
        own_request=row.party is None,
        applicant_party=papers.facts_of(row.party) if row.party else None,
        official=row.user.name,
        requested_on=row.requested_on.isoformat(),
        upheld=upheld,
        review=row.review,
        reason=entry["reason"],
    )
    if not upheld:
        for seat in acting.case.seats(ROLE):
            seat.resting = seat.resting and seat.user_id != row.user_id
    return upheld


@step("replace_member")
def replace_member(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Seat others in the place of those who stepped aside; whoever follows the one who presided presides."""
    vacant = {s.id for s in acting.case.seats(ROLE) if s.resting}
    named = {entry["seat"] for entry in answers["seats"]}
    if vacant - named:
        raise RuleBroken("请为每一个空缺的席位指定接替的人", field="seats")
    changes = [_take_over(acting, e["seat"], e["member"], "recused", field="seats") for e in answers["seats"]]
    for out, into in changes:
        acting.record(PanelChanged(out=out, into=into))
    tell(acting, *changes)
    _go_on(acting)
    return {}


def _take_over(acting: Acting, seat_id: int, user_id: int, why: str, *, field: str) -> tuple[str, str]:
    """Let an official take the seat of another; returns the names of both."""
    was = _sitting(acting, seat_id)
    if any(s.user_id == user_id for s in acting.case.seats(ROLE)):
        raise RuleBroken("接替的人已经是合议组成员", field=field)
    user = _official(acting, user_id, field)
    now = _seat(user, presides=was.presides)
    was.until, was.left_because, was.resting = clock.now(), why, False
    acting.case.staff.append(now)
    acting.session.flush()  # the tasks go to the new seat by id
    stepping.pass_on(acting, was, now)
    notifications.panel_joined(acting.session, acting.case, user)
    return was.user.name, user.name


def _go_on(acting: Acting) -> None:
    acting.case.recusal_pending = False
    pauses.resume(acting, "recusal")


@act("change_panel")
def change_panel(acting: Acting, answers: Answers) -> Data:
    """Put another official in the place of a member who cannot go on, with a reason."""
    seat = _sitting(acting, answers["seat"])
    if seat.resting:
        raise RuleBroken("对%(name)s的回避申请正在审查，决定后再调整", field="seat", name=seat.user.name)
    out, into = _take_over(acting, seat.id, answers["member"], "reassigned", field="member")
    acting.record(PanelChanged(out=out, into=into, reason=answers["reason"]))
    tell(acting, (out, into))
    return {}
