from __future__ import annotations

from sqlalchemy import func, select

from app import clock
from app.documents import store
from app.jobs import retention
from app.models import ApiToken, Draft, EndedSession, StoredFile, Throttle, db
from tests.conftest import Today
from tests.flows.office import Office


def files() -> set[int]:
    db.session.rollback()
    return set(db.session.scalars(select(StoredFile.id)))


def test_an_upload_that_nobody_used_goes_after_thirty_days(office: Office, today: Today) -> None:
    unused = office.requester.uploads()
    today.moves(days=29)
    retention.clear_out(db.session())
    assert unused in files()
    today.moves(days=2)
    assert retention.clear_out(db.session())["uploads"] == 1
    assert unused not in files()


def content_of(file_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(StoredFile, file_id).sha256


def test_the_bytes_of_an_upload_go_with_its_row(office: Office, today: Today) -> None:
    content = content_of(office.requester.uploads())
    assert store.verify(content)
    today.moves(days=31)
    retention.clear_out(db.session())
    assert not store.verify(content)


def test_bytes_that_somebody_else_handed_in_too_stay(office: Office, today: Today) -> None:
    content = content_of(office.requester.uploads())
    today.moves(days=20)
    again = office.respondent.uploads()
    today.moves(days=20)
    assert retention.clear_out(db.session())["uploads"] == 1
    assert content_of(again) == content
    assert store.verify(content)


def test_a_file_of_a_case_stays(office: Office, today: Today) -> None:
    office.files()
    kept = files()
    today.moves(days=400)
    retention.clear_out(db.session())
    assert files() == kept


def test_a_file_in_a_draft_stays_with_the_draft(office: Office, today: Today) -> None:
    file_id = office.requester.uploads()
    db.session.add(
        Draft(
            user_id=office.requester.id,
            scope="start:mediation",
            answers={"evidence": [{"files": [str(file_id)]}]},
            saved_at=clock.now(),
        )
    )
    db.session.commit()
    today.moves(days=200)
    retention.clear_out(db.session())
    assert file_id in files()


def test_expired_tokens_and_old_counters_go(office: Office, today: Today) -> None:
    office.clerk.headers()
    db.session.add(Throttle(bucket="login:10.0.0.1", window=int(clock.now().timestamp()) // 60, tries=3))
    db.session.commit()
    retention.clear_out(db.session())
    assert db.session.scalar(select(func.count()).select_from(ApiToken)) == 1
    today.moves(days=3)
    retention.clear_out(db.session())
    assert db.session.scalar(select(func.count()).select_from(ApiToken)) == 0
    assert db.session.scalar(select(func.count()).select_from(Throttle)) == 0


def test_marks_of_ended_sessions_go_when_no_cookie_can_be_good_any_more(office: Office, today: Today) -> None:
    db.session.add(EndedSession(mark="m", ended_at=clock.now()))
    db.session.commit()
    for hours, left in ((13, 1), (12, 0)):
        today.moves(hours=hours)
        retention.clear_out(db.session())
        assert db.session.scalar(select(func.count()).select_from(EndedSession)) == left
