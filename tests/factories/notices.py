"""Notices with something that follows them, the people who handle objections, and objections that lack nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.notices import Line, Paper, Statement, Subject
from app.domain.roles import Role
from app.models import Notice, OrgUnit, User, db
from app.services import notices, objections, papers
from app.services.changing import changing
from tests.flows.office import PDF, Office, account

COLUMNS = ("编号", "单位", "奖项", "金额（元）")
LINES = (
    Line("app-1", ("1", "佛山市南海精工照明有限公司", "驰名商标认定", "300,000")),
    Line("app-2", ("2", "张**", "发明专利授权", "5,000")),
)
MARK = "mark-of-a-browser"
USCC = "91440606722473344C"
RESIDENT = "11010519491231002X"

Happened = list[tuple[int, notices.Closed | notices.Upheld]]


def follows(monkeypatch: pytest.MonkeyPatch, *also: Callable[..., None]) -> Happened:
    """Let something follow the notices of each subject; return what happened, in order."""
    happened: Happened = []

    def follow(session: Any, notice: Notice, what: notices.Closed | notices.Upheld) -> None:
        happened.append((notice.subject_id, what))
        for one in also:
            one(session, notice, what)

    for subject in Subject:
        monkeypatch.setitem(notices.FOLLOWS, subject, follow)
    return happened


def staff(office: Office) -> None:
    """Add a reviewer, a roster manager and a head of section to the bureau."""
    unit = db.session.get_one(OrgUnit, office.unit.id)
    for username, name, role in (
        ("xie", "谢敏仪", Role.REVIEWER),
        ("wu", "吴雪琴", Role.ROSTER_MANAGER),
        ("li", "黎绍铭", Role.SECTION_HEAD),
    ):
        db.session.add(account(username, name, role, unit))
    db.session.commit()


def user(username: str) -> User:
    """Return somebody by the name they sign in with."""
    return db.session.scalars(select(User).where(User.username == username)).one()


def put_up(by: str = "xie", **changes: Any) -> Notice:
    """Put up a notice of a batch of awards."""
    given: dict[str, Any] = {
        "subject": Subject.AWARD_BATCH,
        "subject_id": 7,
        "title": "2026 年第一批知识产权奖励资助名单公示",
        "lead": "经审核，拟对下列单位和个人给予奖励资助，现予公示。",
        "columns": COLUMNS,
        "rows": LINES,
        "days": 5,
        **changes,
    }
    with changing(db.session):
        person = user(by)
        given.setdefault("unit_id", next(iter(person.unit_ids)))
        return notices.put_up(db.session(), by=person, **given)


def brings(mark: str = MARK, names: Iterable[str] = ("异议书.pdf", "营业执照.pdf", "证明.pdf")) -> list[int]:
    """Let a browser bring files; return their ids."""
    with changing(db.session):
        return [
            papers.upload(db.session(), PDF, name=name, media_type="application/pdf", by=None, brought_by=mark).id
            for name in names
        ]


def statement(files: Iterable[int] | None = None, **changes: Any) -> Statement:
    """Return what a unit says that lacks nothing."""
    ids = brings() if files is None else list(files)
    given: dict[str, Any] = {
        "row": "app-2",
        "kind": "unit",
        "name": "佛山市某陶瓷有限公司",
        "uscc": USCC,
        "contact": "王小明",
        "phone": "13800138000",
        "email": "wang@example.cn",
        "reasons": "该专利的权利人是本公司，转让登记有误。",
        "papers": {paper.value: (file_id,) for paper, file_id in zip(Paper, ids, strict=True)},
    }
    return Statement(**{**given, **changes})


def files_one(notice: Notice, **changes: Any) -> int:
    """Let a unit object to a row of a notice; return the number of the objection."""
    with changing(db.session):
        row = objections.file(db.session(), notice, statement(**changes), mark=MARK)
    return row.id
