"""Rows and bytes belong together: what has come apart is found, and nobody loses a file over it."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.documents import store
from app.jobs import filecheck
from app.models import Incident, StoredFile, User, db
from app.services import attempts, files
from app.services.changing import changing
from tests.flows.moment import at_once
from tests.flows.office import Office

IN_ORDER = {"missing": 0, "stray": 0, "unfinished": 0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the files lie."""
    return tmp_path / "files"


def waiting() -> list[Incident]:
    db.session.rollback()
    return list(db.session.scalars(select(Incident).where(Incident.settled_at.is_(None)).order_by(Incident.id)))


def looks() -> dict[str, int]:
    found = filecheck.reconcile(db.session())
    found.pop("files")
    return found


def put_aside(content: bytes, *, days_ago: int, folder: Path) -> Path:
    """Put bytes into the store that no row names."""
    address = store.put(content).sha256
    path = folder / address[:2] / address
    return aged(path, days_ago)


def aged(path: Path, days: int) -> Path:
    """Let a file look as if it had lain there for so long."""
    written = clock.now() - clock.shift() - timedelta(days=days)
    os.utime(path, (written.timestamp(),) * 2)
    return path


def bytes_of(file: StoredFile) -> bytes:
    with store.open(file.sha256) as lying:
        return lying.read()


def some_file() -> StoredFile:
    db.session.rollback()
    return db.session.scalars(select(StoredFile).order_by(StoredFile.id)).all()[0]


def test_an_office_in_order_has_nothing_to_report(either_office: Office) -> None:
    either_office.files()
    either_office.clerk.uploads()
    assert filecheck.reconcile(db.session())["files"] > 1
    assert looks() == IN_ORDER
    assert waiting() == []


def test_a_row_whose_bytes_are_gone_is_reported_with_its_case_until_they_are_back(either_office: Office) -> None:
    case = either_office.files()
    file = some_file()
    content = bytes_of(file)
    store.remove(file.sha256)
    assert looks()["missing"] >= 1
    [*_, incident] = [i for i in waiting() if i.attempt["args"] == [file.id]]
    assert (incident.what, incident.case_id) == ("file_missing", case.id)
    assert some_file().name in incident.error
    store.put(content)
    assert looks() == IN_ORDER
    assert waiting() == []


def test_a_file_that_was_cut_short_is_reported(office: Office, folder: Path) -> None:
    office.requester.uploads()
    path = folder / some_file().sha256[:2] / some_file().sha256
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:10])
    assert looks()["missing"] == 1


def test_looking_again_settles_it_only_when_the_bytes_are_back(office: Office) -> None:
    office.requester.uploads()
    content = bytes_of(some_file())
    store.remove(some_file().sha256)
    looks()
    [incident] = waiting()
    admin = db.session.get_one(User, office.admin.id)
    with pytest.raises(attempts.Failed):
        attempts.retry(db.session(), incident.id, by=admin)
    store.put(content)
    attempts.retry(db.session(), incident.id, by=admin)
    assert waiting() == []


def test_bytes_that_no_row_names_are_reported_and_go_when_an_administrator_says_so(
    office: Office, folder: Path
) -> None:
    office.files()
    stray = put_aside(b"nobody's", days_ago=2, folder=folder)
    fresh = put_aside(b"just coming", days_ago=0, folder=folder)
    assert looks() == {**IN_ORDER, "stray": 1}
    assert stray.exists()
    [incident] = waiting()
    attempts.retry(db.session(), incident.id, by=db.session.get_one(User, office.admin.id))
    assert not stray.exists()
    assert fresh.exists()
    assert looks() == IN_ORDER


def test_bytes_that_have_a_row_stay_whatever_an_administrator_says(office: Office, folder: Path) -> None:
    office.requester.uploads()
    content = some_file().sha256
    aged(folder / content[:2] / content, 9)
    filecheck.discard_strays(db.session())
    db.session.rollback()
    assert store.verify(content)


def test_a_writing_that_was_cut_short_is_cleared(office: Office, folder: Path) -> None:
    office.requester.uploads()
    path = folder / ".incoming-abc"
    path.write_bytes(b"half")
    aged(path, 2)
    assert looks() == {**IN_ORDER, "unfinished": 1}
    assert not path.exists()


def test_bytes_are_never_given_up_under_somebody_who_hands_in_the_same(either_office: Office) -> None:
    """Half of them hand in what the other half gives up: whoever has a row has the bytes."""
    office = either_office
    owner = office.requester.id
    db.session.rollback()

    def acts(n: int, content: bytes) -> None:
        session = db.session()
        with changing(session):
            if n % 2:
                stored = files.keep(session, content)
                time.sleep(0.02)  # the row is not there for others yet
                session.add(row_of(stored, owner))
            else:
                files.discard(session, stored_under)

    for turn in range(4):
        content = b"%%PDF same %d" % turn
        stored_under = store.put(content).sha256
        at_once(office.app, 6, lambda n, content=content: acts(n, content))
        assert store.verify(stored_under), turn
    assert looks() == IN_ORDER


def row_of(stored: store.Stored, owner: int) -> StoredFile:
    return StoredFile(
        sha256=stored.sha256,
        name="a.pdf",
        media_type="application/pdf",
        size=stored.size,
        uploaded_by_id=owner,
        uploaded_at=clock.now(),
    )
