"""What a database holds before a migration means the same after it, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, stamp, upgrade
from sqlalchemy import Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from app import audit, clock
from app.models import (
    Addressee,
    AgreementAnswer,
    Base,
    CaseCounter,
    Deadline,
    Document,
    Invitation,
    Mediation,
    Membership,
    Party,
    Task,
    db,
)
from tests.flows.office import build

FOLDER = str(Path(__file__).parents[2] / "migrations")


def table(model: type[Base]) -> Table:
    """Return the table of a model."""
    found = Base.metadata.tables[model.__tablename__]
    assert isinstance(found, Table)
    return found


def test_requests_and_invitations_of_before_mean_the_same_afterwards(either_app: Flask) -> None:
    office = build(either_app, db.session())
    plain, damages = office.files(), office.files()
    party = db.session.scalars(select(Party.id).where(Party.case_id == plain.id)).first()
    kinds = update(Document).where(Document.case_id == damages.id, Document.kind == "right_proof")
    db.session.execute(kinds.values(kind="infringement_decision"))
    row = {"party_id": party, "digest": "d" * 64, "created_by_id": office.clerk.id}
    db.session.execute(insert(table(Invitation)).values(**row, created_at=clock.now(), expires_at=clock.now()))
    db.session.commit()
    migrate(back_to="0001")
    alone = db.session.scalars(select(Mediation.case_id).where(Mediation.only_damages)).all()
    assert (alone, plain.id) == ([damages.id], damages.id - 1)
    assert db.session.scalars(select(Invitation.agent_id)).all() == [None]


def test_what_requests_of_before_stated_is_kept(either_app: Flask) -> None:
    office = build(either_app, db.session())
    office.responding.verified = False
    db.session.commit()
    wrong = {**office.entry(office.responding), "phone": "13800138001"}
    online = office.files(respondents=[wrong])
    office.clerk.answers(online, "formality_check", check="correct", points=["claims"], items=["地址"], days=10)
    party = online.party(office.responding.name)
    right = [{"party": party, "address": "中山市小榄镇 3 号"}]
    office.requester.answers(online, "correct_materials", items=[{"item": 1, "answer": "已更正"}], parties=right)
    paper = office.files_on_paper().id
    assert filed() == {(online.id, 1): (True, False, True), (paper, 1): (False, True, False)}
    before = stated()
    migrate(back_to="0007")
    assert filed() == {(online.id, 1): (True, False, True), (paper, 1): (False, True, False)}
    assert stated() == before
    assert before[online.id, 1] is None and before[online.id, 2] is not None and before[paper, 1] is not None
    assert (before[online.id, 2]["address"], before[online.id, 2]["phone"]) == ("中山市小榄镇 3 号", "13800138001")


def test_numbers_of_before_are_chained(either_app: Flask) -> None:
    build(either_app, db.session()).files()
    migrate(back_to="0011")
    assert audit.verify_register(db.session()) == []
    assert db.session.scalars(select(CaseCounter.sealed)).all() == [1, 1]


def filed() -> dict[tuple[int, int], tuple[bool, bool, bool]]:
    """Return by case and place who filed a request itself, who on paper, and who speaks for itself."""
    rows = db.session.scalars(select(Party).where(Party.role == "requester"))
    return {(p.case_id, p.place): (p.files_itself, p.files_on_paper, p.own_words) for p in rows}


def stated() -> dict[tuple[int, int], dict[str, str] | None]:
    """Return by case and place what a request stated of a party."""
    return {(p.case_id, p.place): p.stated for p in db.session.scalars(select(Party))}


def migrate(back_to: str) -> None:
    """Take the tables back to a revision, and forward again."""
    db.session.remove()
    stamp(FOLDER)
    downgrade(FOLDER, revision=back_to)
    upgrade(FOLDER)


def test_what_was_there_twice_is_there_once_and_what_is_over_wakes_nobody(either_app: Flask) -> None:
    office = build(either_app, db.session())
    case = office.accepted()
    db.session.remove()
    stamp(FOLDER)
    downgrade(FOLDER, revision="0013")
    held = table(Membership)
    rows = select(held.c.user_id, held.c.role, held.c.unit_id, held.c.organization_id)
    before = db.session.execute(rows).all()
    db.session.execute(insert(held).from_select(list(rows.selected_columns.keys()), rows))
    over = update(Deadline).where(Deadline.case_id == case.id, Deadline.state == "met").values(wake_at=clock.now())
    assert db.session.execute(over).rowcount
    db.session.commit()
    upgrade(FOLDER)
    assert sorted(map(str, db.session.execute(rows).all())) == sorted(map(str, before))
    assert (
        db.session.scalars(select(Deadline).where(Deadline.wake_at.is_not(None), Deadline.state == "met")).all() == []
    )
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(
            insert(held).values(user_id=before[0].user_id, role=before[0].role, unit_id=before[0].unit_id)
        )
    db.session.rollback()
    of_the_office = select(Task).where(Task.case_id == case.id, Task.party_id.is_(None)).limit(1)
    task = db.session.scalars(of_the_office).one()
    again = {c.name: getattr(task, c.key) for c in table(Task).columns if c.name != "id"}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(table(Task)).values(**again))
    db.session.rollback()


def test_whom_a_paper_reached_before_is_known_as_its_addressee(either_app: Flask) -> None:
    office = build(either_app, db.session())
    case = office.served()
    reached = select(Addressee.document_id, Addressee.party_id, Addressee.served_on).where(
        Addressee.served_on.is_not(None)
    )
    before = db.session.execute(reached).all()
    assert before, case.number
    migrate(back_to="0014")
    assert db.session.execute(reached).all() == before


def test_what_parties_said_to_a_draft_is_kept(either_app: Flask) -> None:
    office = build(either_app, db.session())
    case = office.performing()
    answers = select(table(AgreementAnswer)).order_by(AgreementAnswer.id)
    before = db.session.execute(answers).all()
    assert len(before) == 2, case.number
    migrate(back_to="0017")
    assert db.session.execute(answers).all() == before
    again = {name: value for name, value in before[0]._mapping.items() if name != "id"}
    with pytest.raises(IntegrityError, match="agreement_answer"):
        db.session.execute(insert(table(AgreementAnswer)).values(**again))
    db.session.rollback()
