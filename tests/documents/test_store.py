"""The store: whole or not at all, the same content once, never changed unseen."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.documents import store
from app.documents.store import Store, StoreFailed


@pytest.fixture
def box(tmp_path):
    return Store(tmp_path / "files")


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_in_comes_out_under_its_hash(box):
    stored = box.put(b"evidence")
    assert stored == store.Stored(hashlib.sha256(b"evidence").hexdigest(), 8)
    with box.open(stored.sha256) as file:
        assert file.read() == b"evidence"
    assert box.verify(stored.sha256)


def test_the_same_content_is_kept_once(box):
    assert box.put(b"x" * 3_000_000) == box.put(io.BytesIO(b"x" * 3_000_000))
    assert len(files_in(box.folder)) == 1


@settings(deadline=None, max_examples=25)
@given(st.binary(max_size=2000))
def test_every_content_keeps_its_length_and_hash(tmp_path_factory, content):
    box = Store(tmp_path_factory.mktemp("files"))
    stored = box.put(content)
    with box.open(stored.sha256) as file:
        assert file.read() == content
    assert stored.size == len(content)


def test_a_changed_file_is_noticed_and_mended_by_the_next_put(box):
    stored = box.put(b"original")
    path = next(iter(files_in(box.folder)))
    path.chmod(0o600)
    path.write_bytes(b"tampered")
    assert not box.verify(stored.sha256)
    box.put(b"original")
    assert box.verify(stored.sha256)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(box, monkeypatch, call):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(StoreFailed, match="没有保存成功"):
        box.put(b"evidence")
    monkeypatch.undo()
    assert files_in(box.folder) == []
    assert not box.verify(hashlib.sha256(b"evidence").hexdigest())


@pytest.mark.parametrize("address", ["../../etc/passwd", "", "0" * 63, "A" * 64, "0" * 64 + "/..", "0" * 64])
def test_an_address_that_is_none_opens_nothing(box, address):
    with pytest.raises(FileNotFoundError):
        box.open(address)
    assert not box.verify(address)


def test_what_was_removed_is_gone_and_comes_back_by_the_next_put(box):
    stored = box.put(b"evidence")
    assert box.remove(stored.sha256)
    assert not box.verify(stored.sha256)
    assert not box.remove(stored.sha256)
    box.put(b"evidence")
    assert box.verify(stored.sha256)


def test_what_lies_there_is_listed_by_the_beginning_of_its_address(box):
    stored = box.put(b"evidence")
    assert box.lying(stored.sha256[:2])[stored.sha256].size == 8
    assert [prefix for prefix in store.PREFIXES if box.lying(prefix)] == [stored.sha256[:2]]


def test_only_writings_that_were_given_up_are_cleared(box):
    stored = box.put(b"evidence")
    for name, age in ((".incoming-old", 7200), (".incoming-new", 0)):
        path = box.folder / name
        path.write_bytes(b"half")
        os.utime(path, (clock.now().timestamp() - age,) * 2)
    assert box.clear_unfinished(clock.now() - timedelta(hours=1)) == 1
    assert {path.name for path in files_in(box.folder)} == {".incoming-new", stored.sha256}


def test_the_installation_has_one_store(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_store", None)
    with pytest.raises(StoreFailed):
        store.put(b"x")
    store.use(tmp_path)
    stored = store.put(b"x")
    assert store.verify(stored.sha256)
    with store.open(stored.sha256) as file:
        assert file.read() == b"x"
