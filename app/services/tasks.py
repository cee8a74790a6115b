"""What a person can do with a task: take it, give it back, pass it on, and do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import notifications, policy
from app.domain import scopes
from app.domain.errors import NotFound, NotNow, RuleBroken, Stale
from app.domain.events import TaskClaimed, TaskHandedOver, TaskReleased
from app.domain.roles import SEATED
from app.models import Case, Submission, Task, User
from app.queries import cases
from app.queries.conflicts import REASONS, conflicts
from app.services import drafts, lapses, stepping, urging
from app.services.acting import STEPS, Acting
from app.services.changing import FIRST


class Moved(NotNow):
    """A task is in other hands than the page showed; the sentence says in whose."""


def complete(session: Session, task_id: int, answers: Mapping[str, Any], *, by: User) -> Task:
    """Answer a task and let its case go on. Everything or nothing; the second of two equal answers is ``Stale``.

    ``answers`` are what the form of the task yields: words, numbers, booleans, lists, ISO dates. Raises
    ``NotAllowed`` where the task is not this person's, ``RuleBroken`` where the answer cannot be accepted.
    """
    task, case = _locked(session, task_id)
    if not task.is_open:
        raise Stale(FIRST)
    policy.check(by, "task.complete", task)
    acting = Acting(session, case, by, acting_for=acting_for(by, task))
    if not speaks(by, task):
        refuse_conflict(session, by, case)
        _insist_on_paper(task, answers)
    lapses.refuse_if_late(acting, task)
    absent_id = acting.acting_for.id if acting.acting_for else None
    acting.keep(
        Submission(task_id=task.id, form=task.form, by_id=by.id, acting_for_id=absent_id, answers=dict(answers))
    )
    stepping.close(task, "done")
    task.done_by_id = by.id
    handler = STEPS.get(task.form)
    data = handler(acting, task, answers) if handler else _choices(answers)
    if data is not None:
        stepping.completed(acting, task, data)
    for rule in acting.over:
        stepping.lapsed(acting, rule)
    drafts.discard(session, scopes.of_task(task.id), by=by)
    return task


def speaks(by: User, task: Task) -> bool:
    """Say whether ``by`` answers for a party of their own; everybody else answers as an official."""
    return task.party_id is not None and any(p.id == task.party_id for p in policy.parties_of(by, task.case))


def _insist_on_paper(task: Task, answers: Mapping[str, Any]) -> None:
    """An official enters for a party only what the party has signed, with the paper itself."""
    if task.party_id is not None and not answers.get("files"):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")


def _choices(answers: Mapping[str, Any]) -> dict[str, bool | str | int | None]:
    """Return of a form without a step what may choose a branch; the diagram alone moves."""
    return {k: v for k, v in answers.items() if isinstance(v, bool | str | int)}


def _locked(session: Session, task_id: int) -> tuple[Task, Case]:
    """Return the task and its locked case as they are now; a task read before counts while its case has not moved.

    Raises ``Stale`` where it has come into other hands since this person looked at it.
    """
    seen = cases.read_before(session, Task, task_id, "state", "case")
    moved_at, held_by = (seen.case.version, seen.assignee_id) if seen is not None else (None, None)
    case_id = seen.case_id if seen is not None else session.scalar(select(Task.case_id).where(Task.id == task_id))
    if case_id is None:
        raise NotFound("task")
    case = cases.locked(session, case_id)
    if seen is not None and case.version == moved_at:
        return seen, case
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound("task")
    if seen is not None and task.is_open and task.assignee_id != held_by:
        raise Stale("这一任务刚才已由他人认领、放回或者移交，请刷新后查看")
    return task, case


def acting_for(by: User, task: Task) -> User | None:
    """Return the absent colleague whose powers ``by`` uses for this task, or ``None`` where they have their own."""
    if task.unit_id is None or (task.assignee_id in (None, by.id) and by.has_role(task.role, task.unit_id)):
        return None
    return next((p for p in policy.stands_in_for(by) if policy.holds(p, task)), None)


def acting_for_in(session: Session, by: User, case: Case) -> User | None:
    """Return the absent colleague through whom alone ``by`` handles ``case``, or ``None``; refuses a conflict.

    Whoever has a conflict may do one thing: ask to be taken off (``services.cases.act`` asks here for all others).
    """
    if not policy.parties_of(by, case):
        refuse_conflict(session, by, case)
    return None if _handles(by, case) else next((p for p in policy.stands_in_for(by) if _handles(p, case)), None)


def _handles(user: User, case: Case) -> bool:
    return policy.works_in_its_unit(user, case) or any(s.user_id == user.id and s.until is None for s in case.staff)


def refuse_conflict(session: Session, user: User, case: Case, field: str | None = None) -> None:
    """Raise ``RuleBroken`` where ``user`` must not handle ``case``, with the reason."""
    for conflict in conflicts(session, user, case):
        raise RuleBroken(
            "%(name)s 应当回避：%(reason)s %(about)s",
            field=field,
            name=user.name,
            reason=REASONS[conflict.code],
            about=conflict.about,
        )


def refuse_moved(task: Task, held_by: int | None) -> None:
    """Raise ``Stale`` where a task is done, ``Moved`` where it is not where somebody saw it (``None``: in its queue)."""
    policy.refuse_closed(task)
    if task.assignee_id == held_by:
        return
    if task.assignee is None:
        raise Moved("这一任务刚才已放回队列")
    raise Moved("这一任务现由 %(name)s 承办", name=task.assignee.name)


def claim(session: Session, task_id: int, *, by: User) -> Task:
    """Take a task out of the queue. The second to try finds it taken (``Stale``)."""
    task, case = _locked(session, task_id)
    if not task.is_open or task.assignee_id is not None:
        raise Stale("这一任务刚才已被认领")
    policy.check(by, "task.claim", task)
    refuse_conflict(session, by, case)
    task.assignee_id = by.id
    Acting(session, case, by).record(TaskClaimed(task=task.title))
    return task


def release(session: Session, task_id: int, *, reason: str, by: User) -> Task:
    """Put a task back into its queue, with a reason."""
    task, case = _locked(session, task_id)
    policy.refuse_closed(task)
    if policy.is_in_a_queue_of_theirs(by, task):
        raise Stale("这一任务刚才已放回队列")
    policy.check(by, "task.release", task)
    task.assignee_id = None
    Acting(session, case, by).record(TaskReleased(task=task.title, reason=reason))
    return task


def hand_over(session: Session, task_id: int, *, to: User, reason: str, by: User) -> Task:
    """Give a task to a colleague who holds its role in its unit and has no conflict, with a reason."""
    task, case = _locked(session, task_id)
    policy.check(by, "task.hand_over", task)
    if task.assignee_id != by.id:
        refuse_conflict(session, by, case)
    if not reason.strip():
        raise RuleBroken("请写明移交的理由", field="reason")
    if task.unit_id is None or not to.active or not to.has_role(task.role, task.unit_id):
        raise RuleBroken("%(name)s 不担任这一任务所需的角色", field="to", name=to.name)
    if to.id == task.assignee_id:
        raise Stale("%(name)s 已经是承办人", name=to.name)
    if task.role in SEATED or task.seat_id is not None:
        raise RuleBroken("这一任务随案件走，更换承办人请在案件页办理", field="to")
    refuse_conflict(session, to, case, field="to")
    task.assignee_id = to.id
    Acting(session, case, by).record(TaskHandedOver(task=task.title, to=to.name, reason=reason))
    notifications.task_handed_over(session, task, to, by=by, reason=reason)
    return task


def urge(session: Session, task_id: int, *, text: str, by: User) -> Task:
    """Urge whoever holds a task (催办), at most once a day; it stays on record."""
    task, case = _locked(session, task_id)
    policy.check(by, "task.urge", task)
    urging.urge(Acting(session, case, by), task, text=text)
    return task
