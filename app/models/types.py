"""Column types shared by every table: instants, protected texts, JSON; and how constraints are named."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.clock import ZONE
from app.domain.identifiers import normalise

# A check constraint is given a name in words; everything else is named after its columns unless a name is given.
NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

ALGORITHM = "aes256gcm"
NONCE_BYTES = 12
KEY_BYTES = 32


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware in Asia/Shanghai coming out; a time without a zone is refused.

    PostgreSQL keeps ``timestamptz``; SQLite keeps UTC text of one fixed width, so that text order is time order.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Values are instants."""
        return datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type the database knows."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the instant in UTC, as text for SQLite."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("A time without a zone cannot be stored; ask app.clock for it.")
        instant = value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the instant in Asia/Shanghai."""
        if value is None:
            return None
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        return instant.astimezone(ZONE)


class JsonText(TypeDecorator[Any]):
    """Plain values as compact JSON with sorted keys: equal values are equal texts, on every database.

    A change inside the value is not noticed; assign a new value instead. ``None`` is the database's NULL.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the text to keep."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value again."""
        return None if value is None else json.loads(value)


def one_of(column: str, codes: Iterable[str]) -> str:
    """Return the condition that a column holds one of these codes."""
    listed = ",".join(f"'{code}'" for code in codes)
    return f"{column} IN ({listed})"


def canonical_json(value: Any) -> str:
    """Return the one compact text of a JSON value: sorted keys, no spaces, Chinese left readable."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    # half a surrogate pair has no UTF-8; its backslash form is at the same time its JSON escape
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class Unreadable(Exception):
    """A protected value cannot be opened: its key is missing, or the value was altered."""


class KeysMissing(Exception):
    """A protected value was met before ``set_keys`` was called."""


@dataclass(frozen=True)
class _KeyRing:
    ciphers: Mapping[str, AESGCM]
    current: str
    index_key: bytes


_ring: _KeyRing | None = None


def set_keys(keys: Mapping[str, bytes], current: str, *, index: str | None = None) -> None:
    """Hand over the keys of protected values, by id: ``current`` writes, all of them read.

    ``index`` names the key behind ``blind_index``. It must stay the same through a rotation, or nothing would be found
    again; with a single key it is that one, with several it has to be named.
    """
    global _ring
    for key_id, key in keys.items():
        if not key_id or ":" in key_id:
            raise ValueError(f"A key id is a word without a colon, not {key_id!r}.")
        if len(key) != KEY_BYTES:
            raise ValueError(f"Key {key_id!r} has {len(key)} bytes; {KEY_BYTES} are needed.")
    if index is None and len(keys) > 1:
        raise ValueError("With several keys, name the one the blind index is made with.")
    index_id = current if index is None else index
    for key_id in (current, index_id):
        if key_id not in keys:
            raise ValueError(f"There is no key {key_id!r}.")
    # a key of its own, so that no key serves two algorithms
    index_key = hmac.digest(keys[index_id], b"peiyou blind index", hashlib.sha256)
    _ring = _KeyRing({key_id: AESGCM(key) for key_id, key in keys.items()}, current, index_key)


def _keys() -> _KeyRing:
    if _ring is None:
        raise KeysMissing("The keys of protected values are not set.")
    return _ring


def encrypt(text: str) -> str:
    """Return ``text`` sealed with the current key, as ``algorithm:key id:base64``; twice the same text differs."""
    ring = _keys()
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + ring.ciphers[ring.current].encrypt(nonce, text.encode("utf-8", "surrogatepass"), None)
    return f"{ALGORITHM}:{ring.current}:{urlsafe_b64encode(sealed).decode('ascii')}"


def decrypt(stored: str) -> str:
    """Return the text that ``encrypt`` sealed, with whichever key it was sealed."""
    algorithm, _, rest = stored.partition(":")
    key_id, _, body = rest.partition(":")
    cipher = _keys().ciphers.get(key_id)
    if algorithm != ALGORITHM or cipher is None:
        raise Unreadable("A protected value was sealed with a key or an algorithm that is not at hand.")
    try:
        sealed = urlsafe_b64decode(body)
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode("utf-8", "surrogatepass")
    except (ValueError, InvalidTag):
        raise Unreadable("A protected value was altered.") from None


def blind_index(text: str) -> str:
    """Return 64 hex digits by which a protected number is found again; the number cannot be read from them.

    Every accepted way of writing the same number (full width, spaces, small letters) has the same index.
    """
    return hmac.new(_keys().index_key, normalise(text).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def fingerprint(value: Any) -> str:
    """Return 64 hex digits that are the same for equal plain values; the values cannot be read or guessed from them."""
    text = canonical_json(value).encode("utf-8", "surrogatepass")
    return hmac.new(_keys().index_key, b"fingerprint " + text, hashlib.sha256).hexdigest()


class EncryptedJson(TypeDecorator[Any]):
    """Plain values, sealed in the database: what people typed may hold anybody's numbers (PIPL, art. 51)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the sealed text."""
        return None if value is None else encrypt(canonical_json(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value again."""
        return None if value is None else json.loads(decrypt(value))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Refuse a comparison: each sealing differs, so it would never find anything."""
        raise TypeError("A sealed column cannot be compared; compare the values after reading them.")


class EncryptedText(TypeDecorator[str]):
    """A text that is readable in the program and sealed in the database (PIPL art. 51: encryption).

    Only presence can be asked in a query; to find a row by its value, keep a ``blind_index`` beside it.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the sealed text."""
        return None if value is None else encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text itself."""
        return None if value is None else decrypt(value)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Refuse a comparison: each sealing differs, so it would never find anything."""
        raise TypeError("A protected column cannot be compared; look it up through its blind index.")
