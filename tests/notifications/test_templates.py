from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app import notifications
from app.models import MessageOutbox, User
from app.notifications.rendering import PARTS, TEMPLATES

ROOM = Path(notifications.__file__).parent
KINDS = sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir())
NASTY = 'Kettle\r\nBcc: everybody@example.cn\x00 <b onclick="x">'
TYPED = [
    "case_title",
    "case_title_en",
    "by",
    "reason",
    "text",
    "paper_number",
    "venue",
    "mediator",
    "user",
    "deputy",
    "unit",
    "unit_en",
    "username",
]
LANGUAGES = ("zh_CN", "en")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def message(kind: str, word: str = "Kettle", **changes: Any) -> MessageOutbox:
    """Return a message with every fact that any message prints; ``word`` is what people may have typed."""
    facts: dict[str, Any] = {
        "number": "P-2026-1",
        "due": "2026-03-09",
        "at": "2026-03-09T10:00+08:00",
        "first": "2026-03-09",
        "last": "2026-03-10",
        "place": 1,
        "online": True,
        "count": 3,
        "more": 2,
        "outcome": "已和解",
        "lines": [{"number": "P-2026-1", "title": "补正", "title_en": word, "was": "2026-03-09", "due": "2026-03-10"}],
        "title": word,
        "title_en": word,
        **dict.fromkeys(TYPED, word),
        **changes,
    }
    return MessageOutbox(id=7, kind=kind, facts=facts, link="/tasks/7", user=User(name=word))


def test_each_message_that_is_written_has_a_folder_and_each_folder_is_written() -> None:
    written = set()
    for source in ROOM.glob("*.py"):
        written |= set(re.findall(r'_?write\(\s*session,\s*"(\w+)"', source.read_text(encoding="utf-8")))
    assert written == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_message_has_all_its_parts_and_nothing_else(kind: str) -> None:
    assert {file.name for file in (TEMPLATES / kind).iterdir()} == set(PARTS.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_part_says_something(kind: str, part: str, language: str) -> None:
    assert notifications.render(message(kind), part, language, public_url="https://peiyou.example.cn").strip()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", PARTS)
def test_an_english_reader_finds_no_chinese(kind: str, part: str) -> None:
    assert not CHINESE.search(notifications.render(message(kind), part, "en"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", ["subject", "sms", "in_app"])
def test_no_fact_breaks_a_line(kind: str, part: str) -> None:
    text = notifications.render(message(kind, NASTY), part, "zh_CN")
    assert text.isprintable()
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_fact_becomes_markup(kind: str) -> None:
    assert "<b onclick" not in notifications.render(message(kind, NASTY), "html", "zh_CN")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", ["body", "html"])
def test_the_link_leads_into_the_product(kind: str, part: str) -> None:
    text = notifications.render(message(kind), part, "zh_CN", public_url="https://peiyou.example.cn/")
    assert "https://peiyou.example.cn/tasks/7" in text


def test_a_very_long_title_makes_no_endless_subject() -> None:
    assert len(notifications.render(message("task_opened", "长" * 500), "subject", "zh_CN")) <= 150


def test_a_task_without_a_date_names_none() -> None:
    assert "之前办理" not in notifications.render(message("task_opened", due=""), "in_app", "zh_CN")


def test_names_and_dates_are_in_the_readers_language() -> None:
    row = message("deadline_warning", title="补正", title_en="Correction of materials")
    assert "补正" in notifications.render(row, "in_app", "zh_CN")
    assert "2026年3月9日" in notifications.render(row, "in_app", "zh_CN")
    assert "Correction of materials" in notifications.render(row, "in_app", "en")
    assert "9 Mar 2026" in notifications.render(row, "in_app", "en")
