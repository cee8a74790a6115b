"""The edge of a change: what happened is committed once, or nothing has happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from app.domain.errors import Stale

BUSY = "系统正忙，请稍后再试一次"
FIRST = "刚才已有人办理了这一事项，请刷新后查看"
LISTED = "刚才另有一份拨付清单取得了同一编号，请再试一次"
# What is looked for before it is written can still be written by two at the same moment; the second one is told.
COLLISIONS = {
    "uq_submission_once": "这份表单刚才已经提交到另一件案件，没有重复办理",
    "uq_award_call_number": FIRST,
    "uq_published_policy_number": FIRST,
    "uq_published_policy_replaces": FIRST,
    "uq_policy_push_policy": "刚才已有人推送，请刷新后查看",
    "uq_policy_push_call": "刚才已有人推送，请刷新后查看",
    "uq_notice_place": "刚才另有一份公示取得了同一编号，请再试一次",
    "uq_payment_list_number": LISTED,
    "uq_payment_list_place": LISTED,
    "uq_notice_open": "这一批已在公示",
    "uq_roster_version_number": FIRST,
    "uq_package_item_once": "这项服务已经在服务包中，没有重复加入",
    "uq_roster_member_on_it": FIRST,
    "uq_roster_batch_number": FIRST,
    "uq_roster_review_yearly": "刚才已有人开始了这一年度的复核，请刷新后查看",
    "uq_nomination_stands": "这家单位刚才已经自荐过，没有重复办理",
    "uq_training_need_subject": "这一年度的这一项需求刚才已经填报，请刷新后查看",
    "uq_training_seat_person": "名单中有人刚才已经报名，没有重复报名",
    "uq_visit_plan_once": "该单位已在这一年度的回访计划中",
    "uq_visit_once_a_year": "该单位这一年度的回访已经开始",
    "uq_objection_content": "同样的异议刚才已经提交，没有重复受理",
}

KEPT = ("database is locked", "lock timeout", "deadlock detected")


def is_busy(error: BaseException) -> bool:
    """Say whether somebody else kept the database so long that this one gave up waiting; nothing is wrong with either."""
    return isinstance(error, OperationalError) and any(kept in str(error) for kept in KEPT)


@contextmanager
def changing(session: Session | scoped_session[Any]) -> Iterator[None]:
    """Commit when the block ends well, roll back otherwise. Losing a race for a row is a ``Stale``."""
    try:
        yield
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Stale(FIRST) from error
    except IntegrityError as error:
        session.rollback()
        for constraint, told in COLLISIONS.items():
            if constraint in str(error.orig):
                raise Stale(told) from error
        raise
    except OperationalError as error:
        session.rollback()
        if is_busy(error):
            raise Stale(BUSY) from error
        raise
    except BaseException:
        session.rollback()
        raise
