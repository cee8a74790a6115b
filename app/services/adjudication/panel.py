"""The panel and its recorder: appointed at docketing, told to the parties, changed (order 81, arts. 5 and 20)."""

from __future__ import annotations

from collections.abc import Sequence

from app import clock, notifications
from app.domain import statute
from app.domain.adjudication import refuse_bad_panel
from app.domain.disputes import RecusalCapacity
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import PanelAppointed, PanelChanged
from app.domain.periods import Regime
from app.domain.roles import Role
from app.models import CaseStaff, Party, User
from app.queries import recusals
from app.services import papers, stepping, tasks
from app.services.acting import Acting, Answers, Data, act
from app.services.adjudication import current

ROLE = Role.ADJUDICATOR
MEMBER, RECORDER = "合议组成员", "书记员"

# Who goes, who comes in their place, and as what.
Change = tuple[str, str, str]


def appoint(acting: Acting, members: list[int], presiding: int, recorder: int) -> None:
    """Put an odd panel of three or more, all free of conflict, on the case, with who presides and who keeps the record."""
    refuse_bad_panel(members, presiding)
    if recorder in members:
        raise RuleBroken("书记员不能是合议组成员", field="recorder")
    sitting = [_official(acting, user_id, "members") for user_id in members]
    row = current.adjudication(acting)
    row.recorder = _recorder(acting, recorder)
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


def _recorder(acting: Acting, user_id: int) -> User:
    """Return who is to keep the record: somebody of the office without a conflict, who does not sit on the panel."""
    user = acting.session.get(User, user_id)
    if user is None:
        raise NotFound("user")
    if any(s.user_id == user.id for s in acting.case.seats(ROLE)):
        raise RuleBroken("书记员不能是合议组成员", field="recorder")
    tasks.refuse_conflict(acting.session, user, acting.case, field="recorder")
    return user


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


def tell(acting: Acting, *changes: Change, to: Sequence[Party] = ()) -> None:
    """Tell the parties, or those of them that are named, who sits on the panel and how long they may ask for recusal (D12)."""
    term = statute.rule("recusal.request").term(Regime(acting.case.regime))
    papers.issue(
        acting,
        "panel_notice",
        to=to or [p for p in acting.case.parties if p.takes_part],
        days=term.length.n if term.length else None,
        replaced=[{"out": out, "in": into, "post": post} for out, into, post in changes],
    )


def seat_in(acting: Acting, seat_id: int) -> CaseStaff:
    """Return the seat of a member who sits on the panel now."""
    seat = next((s for s in acting.case.seats(ROLE) if s.id == seat_id), None)
    if seat is None:
        raise RuleBroken("请选择现任的合议组成员", field="members")
    return seat


def take_over(acting: Acting, seat_id: int, user_id: int, why: str, *, field: str) -> Change:
    """Let an official take the seat of another."""
    was = seat_in(acting, seat_id)
    if any(s.user_id == user_id for s in acting.case.seats(ROLE)):
        raise RuleBroken("接替的人已经是合议组成员", field=field)
    if user_id == current.adjudication(acting).recorder_id:
        raise RuleBroken("接替的人是本案的书记员", field=field)
    user = _official(acting, user_id, field)
    now = _seat(user, presides=was.presides)
    was.until, was.left_because, was.resting = clock.now(), why, False
    acting.case.staff.append(now)
    acting.session.flush()  # the tasks go to the new seat by id
    stepping.pass_on(acting, was, now)
    notifications.panel_joined(acting.session, acting.case, user)
    return was.user.name, user.name, MEMBER


def keep_the_record(acting: Acting, user_id: int, reason: str = "") -> Change:
    """Let somebody else keep the record from now on."""
    row = current.adjudication(acting)
    if user_id == row.recorder_id:
        raise RuleBroken("接替的人已经是本案的书记员", field="recorder")
    was, row.recorder = row.recorder, _recorder(acting, user_id)
    out = was.name if was else ""
    acting.record(PanelChanged(out=out, into=row.recorder.name, reason=reason, recorder=True))
    return out, row.recorder.name, RECORDER


@act("change_panel")
def change_panel(acting: Acting, answers: Answers) -> Data:
    """Put another official in the place of a member who cannot go on, with a reason."""
    seat = seat_in(acting, answers["seat"])
    if seat.resting:
        raise RuleBroken("对%(name)s的回避申请正在审查，决定后再调整", field="seat", name=seat.user.name)
    change = take_over(acting, seat.id, answers["member"], "reassigned", field="member")
    acting.record(PanelChanged(out=change[0], into=change[1], reason=answers["reason"]))
    tell(acting, change)
    return {}


@act("change_recorder")
def change_recorder(acting: Acting, answers: Answers) -> Data | None:
    """Put somebody else in the place of who keeps the record, with a reason."""
    if any(r.capacity == RecusalCapacity.RECORDER for r in recusals.all_pending(acting.session, acting.case)):
        raise RuleBroken("对书记员的回避申请正在审查，决定后再更换", field="recorder")
    tell(acting, keep_the_record(acting, answers["recorder"], answers["reason"]))
    return None
