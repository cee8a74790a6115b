"""Configuration from the environment: safe in production by default; demonstration and tests turn things on by name.

A value that must be secret has no default: a missing one stops the start with a plain sentence.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from app.domain.roles import STAFF

OFFICIALS = frozenset(role.value for role in STAFF)


class ConfigError(Exception):
    """The environment does not say what is needed; the message is a plain sentence."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that differs from one installation to the next. See README, "Production"."""

    SECRET_KEY: str
    EVENTS_KEY: str
    FIELD_KEYS: str  # "id=base64 of 32 bytes", several separated by commas, the first one encrypts
    DATABASE_URL: str
    INSTANCE: Path = Path("instance")
    PUBLIC_URL: str = "http://127.0.0.1:8000"
    SECURE_COOKIES: bool = True
    PROXIES: int = 0  # how many reverse proxies in front may be believed
    MODE: str = "production"  # production | demo | test | bench
    SMTP_URL: str = ""  # smtp://user:password@host:port; empty: e-mail waits in the outbox
    MAIL_FROM: str = "peiyou@localhost"
    SMS_GATEWAY: str = "log"
    SESSION_IDLE_MINUTES: int = 30
    SECOND_FACTOR: str = ""  # officials | nobody | codes of roles; empty: officials in production, else nobody
    UPLOAD_LIMIT: int = 20 * 1024 * 1024
    QUEUE_URL: str = ""  # empty: beside the database (SQLite file or PostgreSQL); or redis://...
    SERVER_TIMING: bool = False

    @property
    def demo(self) -> bool:
        """Say whether this is a demonstration: demo accounts are shown and the clock may be shifted."""
        return self.MODE == "demo"

    @property
    def second_factor_roles(self) -> frozenset[str]:
        """Return the roles that need a second factor (GB/T 22239-2019, 8.1.4.1: level 3 asks for two)."""
        said = self.SECOND_FACTOR or ("officials" if self.MODE == "production" else "nobody")
        if said == "nobody":
            return frozenset()
        return OFFICIALS if said == "officials" else frozenset(role.strip() for role in said.split(","))


YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off", "")
SECRETS = ("SECRET_KEY", "EVENTS_KEY", "FIELD_KEYS")


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    """Read ``PEIYOU_*`` variables. Raises ``ConfigError`` with a sentence that names what is missing or wrong."""
    values: dict[str, object] = {}
    for field in fields(Config):
        text = environ.get(f"PEIYOU_{field.name}")
        if text is None:
            continue
        values[field.name] = _parsed(field.name, str(field.type), text)
    missing = [name for name in (*SECRETS, "DATABASE_URL") if not values.get(name)]
    if missing:
        names = ", ".join(f"PEIYOU_{name}" for name in missing)
        raise ConfigError(
            f"无法启动：缺少环境变量 {names}。Cannot start: these environment variables are missing: {names}."
        )
    return checked(Config(**values))  # type: ignore[arg-type]


def _parsed(name: str, kind: str, text: str) -> object:
    if kind == "bool":
        word = text.strip().lower()
        if word not in (*YES, *NO):
            raise ConfigError(
                f"无法启动：PEIYOU_{name} 应为 yes 或者 no。Cannot start: PEIYOU_{name} must be yes or no."
            )
        return word in YES
    if kind == "int":
        if not (text.isascii() and text.isdecimal()):
            raise ConfigError(f"无法启动：PEIYOU_{name} 应为整数。Cannot start: PEIYOU_{name} must be a whole number.")
        return int(text)
    return Path(text) if kind == "Path" else text


def checked(config: Config) -> Config:
    """Return ``config`` unchanged, or raise ``ConfigError`` where a value cannot be safe."""
    if config.MODE not in ("production", "demo", "test", "bench"):
        raise ConfigError(f"无法启动：不认识的模式 {config.MODE}。Cannot start: unknown mode {config.MODE}.")
    for name in ("SECRET_KEY", "EVENTS_KEY"):
        if len(getattr(config, name)) < 32:
            raise ConfigError(
                f"无法启动：PEIYOU_{name} 太短，至少 32 个字符。Cannot start: PEIYOU_{name} needs 32 characters."
            )
    if unknown := ", ".join(sorted(config.second_factor_roles - OFFICIALS)):
        raise ConfigError(
            f"无法启动：PEIYOU_SECOND_FACTOR 中有不认识的角色 {unknown}。"
            f"Cannot start: PEIYOU_SECOND_FACTOR names roles that no official has: {unknown}."
        )
    field_keys(config)
    return config


def field_keys(config: Config) -> tuple[dict[str, bytes], str]:
    """Return the keys of protected columns by id, and the id of the one that encrypts."""
    keys: dict[str, bytes] = {}
    try:
        for part in config.FIELD_KEYS.split(","):
            key_id, _, text = part.strip().partition("=")
            if key_id in keys:
                raise ConfigError(
                    f"无法启动：PEIYOU_FIELD_KEYS 中编号 {key_id} 出现了两次。"
                    f"Cannot start: PEIYOU_FIELD_KEYS has the id {key_id} twice."
                )
            keys[key_id] = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ConfigError(
            "无法启动：PEIYOU_FIELD_KEYS 不是 base64。Cannot start: PEIYOU_FIELD_KEYS is not base64."
        ) from error
    if not keys or any(len(key) != 32 or not key_id for key_id, key in keys.items()):
        raise ConfigError(
            "无法启动：PEIYOU_FIELD_KEYS 应为 编号=32 字节的 base64。"
            "Cannot start: PEIYOU_FIELD_KEYS must be id=base64 of 32 bytes."
        )
    return keys, next(iter(keys))
