"""Recusal in an adjudication: of members of the panel and of those who help it (order 81, art. 5; guide 2019)."""

from __future__ import annotations

from datetime import date

from app.domain.adjudication import AFTER_THE_TRIAL, BEING_ADJUDICATED
from app.domain.disputes import RecusalCapacity, RecusalGround
from app.domain.errors import RuleBroken
from app.domain.events import PanelChanged, RecusalFollowed
from app.models import Document, EvidenceMeasure, Party, Recusal, Task
from app.policy import sits_on_the_panel, staying
from app.queries import recusals
from app.services import answered, clocks, papers, parties, pauses, recusing
from app.services.acting import Acting, Answers, Data, act, after_service, step
from app.services.adjudication import current, measure_records, panel
from app.services.adjudication.panel import ROLE


@after_service("panel_notice")
def recusal_runs(acting: Acting, _document: Document, party: Party, _on: date) -> None:
    """Whoever has learned who sits on the panel may ask within three working days that somebody step aside (TL10)."""
    if acting.case.state in BEING_ADJUDICATED:
        clocks.start(acting, "recusal.request", party=party)


@act("recuse_member")
def recuse_member(acting: Acting, answers: Answers) -> Data | None:
    """Ask that people step aside; each rests until it is decided, and may be asked about once more (2019 guide).

    Where a request is pending already, this one joins it: the head of the department decides on both.
    """
    assert acting.by is not None
    if current.open_steps(acting, {"replace_member"}):
        raise RuleBroken("正在更换应当回避的人；更换后各方会收到新的告知书，届时再提出", field="members")
    meant = _meant(acting, answers)
    own = sits_on_the_panel(acting.by, acting.case)
    party = _asking(acting, answers, own=own)
    if answers["ground"] == RecusalGround.OWN_REQUEST and [r.user_id for r in meant] != [acting.by.id]:
        raise RuleBroken("本人申请回避的，只能勾选本人", field="members")
    if party is not None:
        if acting.case.state in AFTER_THE_TRIAL:
            raise RuleBroken("审理已经终结，当事人不能再申请回避", field="members")
        recusing.refuse_late(acting, party, answered.day(answers.get("known_on")))
    pending = recusals.all_pending(acting.session, acting.case)
    for row in meant:
        if any(_is_same(row, other) for other in pending):
            raise RuleBroken("对%(name)s的回避申请正在审查", field="members", name=row.name)
        _ask(acting, row, party, answers)
    papers.receive(acting, "recusal_proof", answers.get("files") or [], party=party)
    if pending:
        return None
    acting.milestone("recusal_requested", acting.today)
    pauses.pause(acting, "recusal", "等待回避决定")
    return {}


def _meant(acting: Acting, answers: Answers) -> list[Recusal]:
    """Return whom the request is about: seats of the panel, its recorder, appraisers, and who else helps."""
    users = [panel.seat_in(acting, seat_id).user for seat_id in answers.get("members") or []]
    found = [Recusal(user=user, user_id=user.id, capacity=RecusalCapacity.HOLDER.value) for user in users]
    helping = recusals.helping(acting.session, acting.case)
    for key in answers.get("assistants") or []:
        if key not in helping:
            raise RuleBroken("请选择参加本案的人员", field="assistants")
        user, measure = helping[key]
        if user is not None:
            found.append(Recusal(user=user, user_id=user.id, capacity=RecusalCapacity.RECORDER.value))
        elif measure is not None:
            found.append(Recusal(person=measure.of, measure_id=measure.id, capacity=RecusalCapacity.APPRAISER.value))
    if other := answers.get("other_person"):
        found.append(Recusal(person=other, capacity=RecusalCapacity.OTHER.value))
    if not found:
        raise RuleBroken("请勾选或者写明申请回避的人", field="members")
    return found


def _is_same(one: Recusal, other: Recusal) -> bool:
    return (one.user_id, one.measure_id, one.person) == (other.user_id, other.measure_id, other.person)


def _ask(acting: Acting, row: Recusal, party: Party | None, answers: Answers) -> None:
    recusing.ask(acting, row, party, answers, field="members")
    if row.review:
        acting.milestone("review_requested", acting.today)
        clocks.start(acting, "recusal.review")


def _asking(acting: Acting, answers: Answers, *, own: bool) -> Party | None:
    """Return the party that asks: one's own, or the one for whom an official enters it; a member asks for nobody."""
    assert acting.by is not None
    party = next(iter(staying(acting.by, acting.case)), None)
    if party is not None or own:
        return party
    if not answers.get("party"):
        raise RuleBroken("请选择提出申请的当事人", field="party")
    return parties.party_in(acting, answers["party"])


@step("decide_panel_recusal")
def decide_panel_recusal(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Decide on each; whoever has to step aside leaves the case, the others go on."""
    pending = {r.id: r for r in recusals.all_pending(acting.session, acting.case)}
    upheld = False
    decided = {entry["recusal"] for entry in answers["decisions"]}
    if missing := [r.name for r in pending.values() if r.id not in decided]:
        raise RuleBroken("请对每一名被申请回避的人作出决定：%(names)s", field="decisions", names=missing)
    for entry in answers["decisions"]:
        row = pending.pop(entry["recusal"], None)
        if row is None:
            raise RuleBroken("请对正在审查的回避申请作出决定", field="decisions")
        upheld |= _decide(acting, row, entry)
    clocks.end(acting, "recusal.review", met=True)
    if not upheld:
        _go_on(acting)
    return {"recusal": "upheld" if upheld else "rejected"}


def _decide(acting: Acting, row: Recusal, entry: Answers) -> bool:
    parties_told = [p for p in acting.case.parties if p.takes_part]
    upheld = recusing.decide(acting, row, entry, to=parties_told, field="decisions")
    if not upheld:
        for seat in acting.case.seats(ROLE):
            seat.resting = seat.resting and seat.user_id != row.user_id
    return upheld


@step("replace_member")
def replace_member(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Put others in the place of those who stepped aside; whoever follows the one who presided presides."""
    vacant = {s.id for s in acting.case.seats(ROLE) if s.resting}
    seats = answers.get("seats") or []
    if vacant - {entry["seat"] for entry in seats}:
        raise RuleBroken("请为每一个空缺的席位指定接替的人", field="seats")
    changes = [panel.take_over(acting, e["seat"], e["member"], "recused", field="seats") for e in seats]
    for out, into, _post in changes:
        acting.record(PanelChanged(out=out, into=into))
    changes += _followed_up(acting, answers)
    if changes:
        panel.tell(acting, *changes)
    _go_on(acting)
    return {}


def _followed_up(acting: Acting, answers: Answers) -> list[panel.Change]:
    """Note who comes in the place of each who stepped aside; an appraisal by them is over without a conclusion."""
    changes = []
    for row in recusals.to_follow_up(acting.session, acting.case):
        if row.capacity == RecusalCapacity.RECORDER:
            if not answers.get("recorder"):
                raise RuleBroken("请选择接替的书记员", field="recorder")
            changes.append(panel.keep_the_record(acting, answers["recorder"]))
            row.followed = changes[-1][1]
        elif row.capacity == RecusalCapacity.HOLDER:
            row.followed = "已更换"
        else:
            if not answers.get("others"):
                raise RuleBroken("请写明怎样更换", field="others")
            row.followed = answers["others"]
            acting.record(RecusalFollowed(official=row.name, how=row.followed))
            if row.capacity == RecusalCapacity.OTHER:
                changes.append((row.name, row.followed, ""))
            if row.measure_id is not None:
                measure_records.give_up(acting, acting.session.get_one(EvidenceMeasure, row.measure_id))
    acting.remark(answers.get("others"))
    return changes


def _go_on(acting: Acting) -> None:
    acting.case.recusal_pending = False
    pauses.resume(acting, "recusal")
