"""What a service guide (办事指南) says: who may ask, on what conditions, with which papers, in which steps and times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Said: TypeAlias = str | LazyString

NONE = _l("没有规定")
UNSET = _l("没有设定")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A paper to bring, and what to mind about it."""

    name: Said
    note: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: who does what, in which statutory time, and in which time the office means to do it."""

    name: Said
    who: Said
    statutory: Said
    promised: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A service guide. ``start`` is the process that a person may start from it."""

    key: str
    title: Said
    summary: Said
    start: str
    who: tuple[Said, ...]
    conditions: tuple[Said, ...]
    not_taken: tuple[Said, ...]
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    fee: Said
    result: tuple[Said, ...]
    basis: tuple[Said, ...]
    complaint: Said
