"""``/readyz`` tells the truth: each thing that can be amiss is made amiss, and named."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.documents import store
from app.jobs import runs
from app.models import db
from app.queries import health
from tests.conftest import Today, config


@pytest.fixture
def house(either_app: Flask) -> Flask:
    """Return an application of which everything is as it should be."""
    head = health.head(either_app.extensions["migrate"].directory)
    db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    db.session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
    db.session.commit()
    runs.note(db.session(), {runs.HEARTBEAT: {}})
    return either_app


def asks(app: Flask) -> dict[str, str]:
    """Return what is wrong, by name."""
    answer = app.test_client().get("/readyz")
    told: dict[str, str] = answer.get_json()
    status = told.pop("status")
    wrong = {name: sentence for name, sentence in told.items() if sentence != "ok"}
    assert (answer.status_code, status) == ((503, "not ready") if wrong else (200, "ok"))
    assert set(told) == {"database", "migrations", "jobs", "files"}
    return wrong


def test_a_house_in_order_is_ready(house: Flask) -> None:
    assert asks(house) == {}


def test_jobs_that_are_silent_for_three_minutes_are_named(house: Flask, today: Today) -> None:
    today.moves(minutes=2)
    assert asks(house) == {}
    today.moves(minutes=2)
    assert asks(house) == {"jobs": "任务进程已经几分钟没有动静，请检查 flask jobs run"}


def test_jobs_that_never_ran_are_named(house: Flask) -> None:
    db.session.execute(text("DELETE FROM job_run"))
    db.session.commit()
    assert asks(house) == {"jobs": "任务进程从未运行，请启动 flask jobs run"}


@pytest.mark.parametrize("change", ["UPDATE alembic_version SET version_num = '0000'", "DROP TABLE alembic_version"])
def test_migrations_that_are_behind_are_named(house: Flask, change: str) -> None:
    db.session.execute(text(change))
    db.session.commit()
    assert "flask db upgrade" in asks(house).pop("migrations")


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    wrong = asks(create_app(config(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing")))
    assert wrong == {
        "database": "数据库没有应答",
        "migrations": "数据库不正常，无从得知",
        "jobs": "数据库不正常，无从得知",
    }


def deleted(file: Path) -> None:
    file.unlink()


def replaced(file: Path) -> None:
    shutil.copy(file, file.with_suffix(".new"))
    file.with_suffix(".new").replace(file)


@pytest.mark.parametrize("taken", [deleted, replaced])
def test_a_database_file_that_was_taken_away_is_named_though_it_still_answers(
    app: Flask, taken: Callable[[Path], None]
) -> None:
    file = Path(str(db.engine.url.database))
    db.session.execute(text("SELECT 1"))
    db.session.rollback()
    taken(file)
    assert "被删除或者替换" in asks(app)["database"]
    db.engine.dispose()  # nor is a new connection trusted: another thread may still write to the old file
    assert "被删除或者替换" in asks(app)["database"]


def test_a_folder_that_takes_no_files_is_named(house: Flask, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.write_text("not a folder", encoding="utf-8")
    assert asks(house) == {"files": "文件目录不能写入，请检查磁盘和权限"}


def test_a_disk_that_refuses_to_write_is_named(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.tempfile, "NamedTemporaryFile", full)
    assert asks(house) == {"files": "文件目录不能写入，请检查磁盘和权限"}


def test_a_disk_without_room_for_one_more_file_is_named(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    assert asks(house) == {"files": "文件目录所在的磁盘快满了"}


def test_looking_leaves_no_file_behind(house: Flask, tmp_path: Path) -> None:
    asks(house)
    assert list((tmp_path / "files").iterdir()) == []


def test_the_sentences_are_told_in_english_too(house: Flask) -> None:
    db.session.execute(text("DELETE FROM job_run"))
    db.session.commit()
    told = house.test_client().get("/readyz", headers={"Accept-Language": "en"}).get_json()
    assert told["jobs"].isascii()
