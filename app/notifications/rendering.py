"""Messages as people read them: a folder of templates for each kind, printed in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app import clock
from app.domain.texts import day_within, moment_within
from app.models import MessageOutbox

TEMPLATES = Path(__file__).parent / "templates"
TRANSLATIONS = Path(__file__).parents[1] / "translations"

# What a message consists of, and the template of its folder that prints it.
PARTS = {
    "subject": "subject.txt",
    "body": "body.txt",
    "html": "body.html",
    "sms": "sms.txt",
    "in_app": "in_app.txt",
}
LONG = ("body", "html")
SUBJECT_LENGTH = 150


def render(row: MessageOutbox, part: str, language: str, *, public_url: str = "") -> str:
    """Return a part of a message (``PARTS``) in ``language``; its link leads to ``public_url``.

    Every part but the bodies is one line, whatever the facts contain: no fact can become a header of an e-mail.
    """
    english = language.startswith("en")
    template = _environment("en" if english else "zh_CN").get_template(f"{row.kind}/{PARTS[part]}")
    facts = _in_language(row.facts, english=english)
    if part in LONG:
        return template.render(facts, name=row.reader["name"], url=public_url.rstrip("/") + row.link)
    text = one_line(template.render(facts))
    return text[:SUBJECT_LENGTH] if part == "subject" else text


def one_line(text: str) -> str:
    """Return ``text`` without line breaks, control characters and doubled spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _in_language(facts: Any, *, english: bool) -> Any:
    """Return the facts with ``x_en`` in the place of ``x`` for an English reader, where there is one."""
    if isinstance(facts, list):
        return [_in_language(item, english=english) for item in facts]
    if not isinstance(facts, Mapping):
        return facts
    plain = {k: _in_language(v, english=english) for k, v in facts.items() if not k.endswith("_en")}
    if english:
        plain |= {k.removesuffix("_en"): v for k, v in facts.items() if k.endswith("_en") and v}
    return plain


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translations = Translations.load(TRANSLATIONS, [language])
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["lang"] = "en" if language == "en" else "zh-CN"
    environment.filters["day"] = lambda text: day_within(date.fromisoformat(text), language)
    environment.filters["moment"] = lambda text: _moment(text, language)
    return environment


def _moment(text: str, language: str) -> str:
    return moment_within(datetime.fromisoformat(text).astimezone(clock.ZONE), language)
