"""What is stored comes back as it was, and what must not be readable in the database is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, String, Table, create_engine, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateTable

from app.clock import ZONE
from app.models import types
from app.models.types import EncryptedText, JsonText, KeysMissing, Unreadable, UtcDateTime

metadata = MetaData(naming_convention=types.NAMING)
thing = Table(
    "thing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("phone", EncryptedText),
    Column("facts", JsonText),
    Column("code", String(8), unique=True, index=True),
    CheckConstraint("code <> ''", name="code_not_empty"),
)

OLD, NEW = os.urandom(32), os.urandom(32)
NOON = datetime(2026, 9, 20, 12, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "_ring", None)
    types.set_keys({"k1": OLD}, "k1")


@pytest.fixture
def db() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def kept(db: Connection, column: str) -> Any:
    """Return what the database itself holds."""
    return db.execute(text(f"SELECT {column} FROM thing")).scalar_one()


# instants


def test_an_instant_comes_back_in_shanghai(db: Connection) -> None:
    db.execute(insert(thing).values(at=datetime(2026, 9, 20, 4, 0, tzinfo=UTC)))
    back = db.execute(select(thing.c.at)).scalar_one()
    assert back == NOON
    assert back.tzinfo is ZONE


def test_a_time_without_a_zone_is_refused(db: Connection) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        db.execute(insert(thing).values(at=NOON.replace(tzinfo=None)))


def test_no_instant_stays_none(db: Connection) -> None:
    db.execute(insert(thing).values(at=None))
    assert db.execute(select(thing.c.at)).scalar_one() is None


@given(st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)), min_size=2), st.integers(-12, 14))
@settings(max_examples=50, deadline=None)
def test_text_order_is_time_order_in_sqlite(times: list[datetime], hours: int) -> None:
    zones = (UTC, timezone(timedelta(hours=hours)), ZONE)
    instants = sorted(t.replace(tzinfo=zones[n % 3]) for n, t in enumerate(times))
    texts = [UtcDateTime().process_bind_param(i, sqlite.dialect()) for i in instants]
    assert texts == sorted(texts)
    assert [UtcDateTime().process_result_value(t, sqlite.dialect()) for t in texts] == instants


def test_instants_are_compared_by_the_database(db: Connection) -> None:
    db.execute(insert(thing), [{"at": NOON}, {"at": NOON + timedelta(microseconds=1)}])
    assert len(db.execute(select(thing.c.id).where(thing.c.at > NOON.astimezone(UTC))).all()) == 1


def test_postgresql_keeps_instants_as_such() -> None:
    assert "at TIMESTAMP WITH TIME ZONE" in str(CreateTable(thing).compile(dialect=postgresql.dialect()))
    assert UtcDateTime().process_bind_param(NOON, postgresql.dialect()) == NOON


# protected texts


def test_a_protected_text_is_readable_here_and_not_in_the_database(db: Connection) -> None:
    db.execute(insert(thing).values(phone="13800138000"))
    assert db.execute(select(thing.c.phone)).scalar_one() == "13800138000"
    assert kept(db, "phone").startswith("aes256gcm:k1:")
    assert "138" not in kept(db, "phone").removeprefix("aes256gcm:k1:")[:3]


def test_nothing_stays_nothing(db: Connection) -> None:
    db.execute(insert(thing).values(phone=None))
    assert kept(db, "phone") is None
    assert db.execute(select(thing.c.id).where(thing.c.phone.is_(None))).first()


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_text_is_opened_again(plain: str) -> None:
    types.set_keys({"k1": OLD}, "k1")
    assert types.decrypt(types.encrypt(plain)) == plain


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert types.encrypt("13800138000") != types.encrypt("13800138000")


def test_after_a_rotation_old_values_are_read_and_new_ones_use_the_new_key() -> None:
    old = types.encrypt("13800138000")
    types.set_keys({"k1": OLD, "k2": NEW}, "k2", index="k1")
    assert types.decrypt(old) == "13800138000"
    assert [one.split(":")[1] for one in (old, types.encrypt("13800138000"))] == ["k1", "k2"]


def test_a_value_whose_key_is_gone_cannot_be_read() -> None:
    old = types.encrypt("13800138000")
    types.set_keys({"k2": NEW}, "k2")
    with pytest.raises(Unreadable, match="not at hand"):
        types.decrypt(old)


def test_a_key_id_that_means_another_key_opens_nothing() -> None:
    old = types.encrypt("13800138000")
    types.set_keys({"k1": NEW}, "k1")
    with pytest.raises(Unreadable, match="altered"):
        types.decrypt(old)


@pytest.mark.parametrize("stored", ["", "13800138000", "aes256gcm:k1:", "aes256gcm:k1:!!!", "aes256gcm:k1:AAAA"])
def test_what_was_never_sealed_is_not_opened(stored: str) -> None:
    with pytest.raises(Unreadable):
        types.decrypt(stored)


def test_an_altered_value_is_found() -> None:
    sealed = types.encrypt("13800138000")
    flipped = "A" if sealed[30] != "A" else "B"
    with pytest.raises(Unreadable, match="altered"):
        types.decrypt(sealed[:30] + flipped + sealed[31:])


def test_a_protected_column_is_not_compared(db: Connection) -> None:
    with pytest.raises(TypeError, match="blind index"):
        select(thing).where(thing.c.phone == "13800138000")


def test_without_keys_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "_ring", None)
    with pytest.raises(KeysMissing):
        types.encrypt("13800138000")


@pytest.mark.parametrize(
    ("keys", "current", "index", "says"),
    [
        ({"k1": b"short"}, "k1", None, "5 bytes"),
        ({"a:b": OLD}, "a:b", None, "without a colon"),
        ({"k1": OLD}, "k2", None, "no key 'k2'"),
        ({"k1": OLD, "k2": NEW}, "k2", None, "blind index"),
        ({"k1": OLD, "k2": NEW}, "k2", "k3", "no key 'k3'"),
    ],
)
def test_keys_that_cannot_work_are_refused(keys: dict[str, bytes], current: str, index: str | None, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        types.set_keys(keys, current, index=index)


# the blind index


def test_every_way_of_typing_a_number_has_one_blind_index() -> None:
    index = types.blind_index("11010519491231002X")
    assert len(index) == 64
    assert types.blind_index(" １１０１０５ 19491231 002x\u200b") == index
    assert types.blind_index("110105194912310021") != index


def test_the_blind_index_outlives_a_rotation() -> None:
    before = types.blind_index("11010519491231002X")
    types.set_keys({"k1": OLD, "k2": NEW}, "k2", index="k1")
    assert types.blind_index("11010519491231002X") == before


def test_the_blind_index_depends_on_the_key() -> None:
    before = types.blind_index("11010519491231002X")
    types.set_keys({"k1": NEW}, "k1")
    assert types.blind_index("11010519491231002X") != before


# JSON


def test_json_is_compact_sorted_and_readable(db: Connection) -> None:
    db.execute(insert(thing).values(facts={"b": [1, True, None], "a": "培优"}))
    assert kept(db, "facts") == '{"a":"培优","b":[1,true,null]}'
    assert db.execute(select(thing.c.facts)).scalar_one() == {"a": "培优", "b": [1, True, None]}


@pytest.mark.parametrize("value", [{}, [], "", 0, False, "half \ud800 pair", "nul \x00 byte"])
def test_any_json_value_comes_back(db: Connection, value: Any) -> None:
    db.execute(insert(thing).values(facts=value))
    assert db.execute(select(thing.c.facts)).scalar_one() == value


@pytest.mark.parametrize("value", [{"on": NOON}, [float("nan")], {1, 2}])
def test_what_is_not_json_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        types.canonical_json(value)


# names


def test_constraints_are_named_after_what_they_say() -> None:
    ddl = str(CreateTable(thing).compile(dialect=postgresql.dialect()))
    assert "CONSTRAINT ck_thing_code_not_empty CHECK" in ddl
    assert "CONSTRAINT pk_thing PRIMARY KEY" in ddl
    assert {index.name for index in thing.indexes} == {"ix_thing_code"}
