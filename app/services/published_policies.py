"""Policies: drawn up by one, published by another; afterwards only their end is noted (measure M57)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain import policies
from app.domain.errors import RuleBroken, Stale
from app.domain.policies import Ending, Terms
from app.models import PublishedPolicy, StoredFile, User
from app.queries import policy_pushes as pushes
from app.queries import published_policies as queries
from app.queries.targets import districts_of_the_city
from app.services import access_log, drawing_up, policy_pushes
from app.services import files as kept


def begin(session: Session, terms: Terms, files: Iterable[int] = (), *, by: User) -> PublishedPolicy:
    """Begin a policy that says ``terms``, with uploaded files."""
    policy.check(by, "published_policy.draw_up")
    _refuse_misfits(session, terms)
    row = PublishedPolicy(made_by_id=by.id, made_at=clock.now(), files=_attached((), session, files, by))
    _write(session, row, terms)
    session.add(row)
    return row


def rewrite(session: Session, row: PublishedPolicy, terms: Terms, files: Iterable[int] = (), *, by: User) -> None:
    """Let a draft say ``terms``; files that it had may stay, whoever brought them."""
    policy.check(by, "published_policy.draw_up", row)
    drawing_up.take_draft(session, row)
    _refuse_misfits(session, terms)
    row.files = _attached(row.files, session, files, by)
    _write(session, row, terms)
    row.made_by_id, row.made_at = by.id, clock.now()


def propose(session: Session, row: PublishedPolicy, *, by: User) -> None:
    """Hand a draft to whoever publishes it."""
    policy.check(by, "published_policy.draw_up", row)
    drawing_up.take_draft(session, row)
    _refuse_misfits(session, row.terms)
    drawing_up.hand_over(row, by=by)


def publish(session: Session, row: PublishedPolicy, *, by: User, address: str = "") -> None:
    """Publish what was proposed and number it (four eyes); what it replaces ends today, and whom it concerns are told."""
    policy.check(by, "published_policy.publish", row)
    drawing_up.take_proposed(session, row)
    drawing_up.refuse_own(row, by)
    _refuse_misfits(session, row.terms)
    row.number = (session.scalar(select(func.max(PublishedPolicy.number))) or 0) + 1
    drawing_up.decide(row, "published", by=by)
    if row.replaces is not None:
        _end(session, row.replaces, Ending.REPLACED, clock.today(), by)
    access_log.record(session, "policy_published", user=by, address=address, number=row.number)
    _tell(session, row, by)


def _tell(session: Session, row: PublishedPolicy, by: User) -> None:
    """Push it where it asks for that, and tell the others who subscribe: nobody hears of it twice."""
    session.flush()
    pushed = policy_pushes.reach(session, row, by=by) if row.pushes else []
    told = set(pushes.people_of(session, pushed))
    notifications.policy_published(session, row, set(queries.subscribers(session, row.topics)) - told)


def send_back(session: Session, row: PublishedPolicy, *, by: User) -> None:
    """Give a proposed policy back to be drawn up further."""
    policy.check(by, "published_policy.publish", row)
    drawing_up.take_proposed(session, row)
    row.proposed_at = None


def discard(session: Session, row: PublishedPolicy, *, by: User) -> None:
    """Throw a draft away."""
    policy.check(by, "published_policy.draw_up", row)
    drawing_up.take_draft(session, row)
    drawing_up.decide(row, "discarded", by=by)


def repeal(session: Session, row: PublishedPolicy, *, on: date, reason: str, by: User, address: str = "") -> None:
    """Note that a published policy does not hold from the day ``on`` (废止), and why."""
    policy.check(by, "published_policy.repeal", row)
    if row.number is None:
        raise RuleBroken("还没有发布的政策，不能废止")
    if on <= row.issued_on:
        raise RuleBroken("这一日期应当晚于发文日期", field="ended_on")
    if not reason:
        raise RuleBroken("请写明废止的依据或者理由", field="reason")
    _end(session, row, Ending.REPEALED, on, by)
    row.ended_for = reason
    access_log.record(session, "policy_repealed", user=by, address=address, number=row.number, reason=reason)


def _end(session: Session, row: PublishedPolicy, ending: Ending, on: date, by: User) -> None:
    session.flush()  # what this act has changed is not lost with what is read anew
    session.refresh(row, with_for_update=True)
    if row.ending is not None:
        raise Stale("这一政策已经废止或者被替代")
    row.ending, row.ended_on, row.ended_by_id = ending.value, on, by.id


def _refuse_misfits(session: Session, terms: Terms) -> None:
    policies.refuse_misfits(terms, clock.today())
    if not set(terms.districts) <= {unit.id for unit in districts_of_the_city(session)}:
        raise RuleBroken("请从列表中选择", field="districts")
    if terms.replaces is not None and terms.replaces not in {row.id for row in queries.replaceable(session)}:
        raise RuleBroken("要替代的政策已经废止或者被替代", field="replaces")


def _attached(before: Iterable[StoredFile], session: Session, files: Iterable[int], by: User) -> list[StoredFile]:
    own = {file.id: file for file in before}
    wanted = list(dict.fromkeys(files))
    brought = kept.uploaded_by(session, [number for number in wanted if number not in own], by.id)
    found = own | {file.id: file for file in brought}
    if any(found[number].media_type != policies.PDF for number in wanted):
        raise RuleBroken("附件请上传 PDF 文件", field="files")
    return [found[number] for number in wanted]


def _write(session: Session, row: PublishedPolicy, terms: Terms) -> None:
    row.title, row.level, row.issuer, row.summary = terms.title, terms.level.value, terms.issuer, terms.summary
    row.document_number, row.link = terms.document_number, terms.link
    row.topics, row.industries = [one.value for one in terms.topics], [one.value for one in terms.industries]
    row.districts = [unit for unit in districts_of_the_city(session) if unit.id in terms.districts]
    row.issued_on, row.valid_until = terms.issued_on, terms.valid_until
    row.calls_for_projects, row.closes_on = terms.calls_for_projects, terms.closes_on
    row.pushes, row.replaces_id = terms.pushes, terms.replaces
