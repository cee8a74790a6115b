from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.documents import letters, store
from app.jobs import documents
from app.models import Document, Incident, StoredFile, User, db
from app.services import attempts
from tests.conftest import Today
from tests.flows.office import Office
from tests.jobs.conftest import work


def count(*conditions: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(*conditions)) or 0


def unrendered() -> int:
    return count(Document.issued, Document.file_id.is_(None))


def open_incidents() -> list[Incident]:
    db.session.rollback()
    return list(db.session.scalars(select(Incident).where(Incident.settled_at.is_(None))))


def test_each_issued_paper_gets_one_file(either_office: Office) -> None:
    either_office.docketed()
    waiting = unrendered()
    work(either_office)
    work(either_office)
    assert waiting > 0
    assert unrendered() == 0
    assert count(StoredFile.uploaded_by_id.is_(None)) == count(Document.issued)


def test_the_letter_of_whoever_waits_comes_before_those_of_a_bulk_load(office: Office) -> None:
    for _ in range(3):
        office.files()
    first, *_, last = db.session.scalars(select(Document.id).where(Document.issued).order_by(Document.id)).all()
    assert documents.due(db.session(), 2)[0] == last
    assert first not in documents.due(db.session(), 2)


def test_a_paper_that_is_rendered_is_not_rendered_again(office: Office) -> None:
    office.files()
    work(office)
    document_id = db.session.scalars(select(Document.id).where(Document.issued)).first()
    before = count(StoredFile.uploaded_by_id.is_(None))
    assert documents.do(db.session(), document_id) is False
    assert count(StoredFile.uploaded_by_id.is_(None)) == before


def disk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_content: bytes) -> store.Stored:
        raise store.StoreFailed("文件没有保存成功，请稍后再试")

    monkeypatch.setattr(store, "put", refuse)


def test_a_full_disk_is_one_incident_however_often_it_is_tried(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.files()
    with monkeypatch.context() as patch:
        disk_is_full(patch)
        for _ in range(3):
            work(office)
        papers = unrendered()
        assert [(i.what, i.tries, i.case_id) for i in open_incidents()] == [("render", 1, case.id)] * papers
        today.moves(minutes=1, seconds=1)
        work(office)
        assert [i.tries for i in open_incidents()] == [2] * papers
    assert case.state == "requested"


def test_a_paper_is_rendered_by_itself_when_there_is_room_again(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.files()
    with monkeypatch.context() as patch:
        disk_is_full(patch)
        work(office)
    assert unrendered() > 0
    today.moves(minutes=2)
    work(office)
    assert unrendered() == 0
    assert open_incidents() == []


def test_an_administrator_can_have_a_paper_rendered_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.files()
    with monkeypatch.context() as patch:
        disk_is_full(patch)
        work(office)
    for incident_id in [i.id for i in open_incidents()]:
        attempts.retry(db.session(), incident_id, by=db.session.get_one(User, office.admin.id))
    assert unrendered() == 0
    assert open_incidents() == []


def test_a_broken_template_holds_up_no_other_paper(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.docketed()
    render = letters.render

    def broken(kind: str, facts: dict[str, Any], **more: Any) -> bytes:
        if kind == "mediator_notice":
            raise RuntimeError("unknown variable")
        return render(kind, facts, **more)

    monkeypatch.setattr(letters, "render", broken)
    work(office)
    assert unrendered() == 1
    assert "unknown variable" in open_incidents()[0].error
