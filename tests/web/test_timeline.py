"""Every kind of happening has its sentence in the story of a case."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, render_template
from flask_babel import Babel, force_locale
from flask_login import LoginManager

from app.domain.events import KINDS
from app.web import presenting, words

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
FOLDER = TEMPLATES / "timeline"
TEXT = "甲<b>&100%乙"

# What a fact looks like, where it is not free text.
SAMPLES: dict[str, Any] = {
    "due": "2026-03-12",
    "was": "2026-03-10",
    "on": "2026-03-02",
    "first": "2026-03-02",
    "last": "2026-03-09",
    "first_filed_on": "2025-12-01",
    "at": "2026-03-09T09:30:00+08:00",
    "rule": "mediation.statement",
    "method": "post",
    "answer": "revise",
    "pause": "recusal",
    "outcome": "settled",
    "until": "2026-03-09",
    "by_day": "2026-03-09",
    "amount": "180000.00",
    "left": "20000.00",
    "place": 2,
    "step": 1,
    "files": 3,
    "consenting": 1,
    "changes": [["被请求人 " + TEXT, "住所", "", TEXT], ["", "事实和理由", "", ""]],
}
LISTS = ("items", "reasons", "unreachable", "silent", "grounds", "promised", "papers", "names", "subjects", "problems")
FLAGS = ("late", "partial", "applies", "review", "special", "upheld", "recommended", "third", "ordered")


@pytest.fixture(scope="module")
def pages() -> Flask:
    """Return as much of the product as the sentences need."""
    app = Flask("app", template_folder=str(TEMPLATES))
    app.config["SECRET_KEY"] = "k" * 32
    LoginManager(app).user_loader(lambda _id: None)
    Babel(app, default_locale="zh_CN", locale_selector=lambda: "zh_CN")
    presenting.install(app)
    words.install(app)
    return app


def facts(kind: str, flag: bool) -> dict[str, Any]:
    """Return facts as an event of this kind keeps them; what may be missing is there only with ``flag``."""
    found: dict[str, Any] = {}
    for one in fields(KINDS[kind]):
        if one.name in LISTS:
            found[one.name] = [TEXT, TEXT] if flag else []
        elif one.name in FLAGS:
            found[one.name] = flag
        elif one.default is None and not flag:
            found[one.name] = None
        else:
            found[one.name] = SAMPLES.get(one.name, TEXT)
    return found


def told(kind: str, *, flag: bool, by: str | None, units: frozenset[int] = frozenset()) -> str:
    person = SimpleNamespace(name=by, is_official=bool(units)) if by else None
    event = SimpleNamespace(kind=kind, data=facts(kind, flag), by=person, acting_for=None)
    return render_template(f"timeline/{kind}.html", event=event)


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_told_in_a_sentence(pages: Flask, kind: str, flag: bool) -> None:
    with pages.test_request_context():
        sentence = told(kind, flag=flag, by="陈慧敏")
    assert sentence.strip()
    assert "<b>" not in sentence
    assert "None" not in sentence


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_sentence_is_told_in_english_too(pages: Flask, kind: str) -> None:
    with pages.test_request_context(), force_locale("en"):
        assert told(kind, flag=True, by=None).strip()


def test_there_is_no_sentence_for_what_cannot_happen() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(KINDS)


def test_what_nobody_did_was_done_by_the_system(pages: Flask) -> None:
    with pages.test_request_context():
        assert "<strong>系统</strong>" in told("request_accepted", flag=True, by=None)


OF_A_PARTY = (
    "statement_given",
    "agreement_answered",
    "confirmation_answered",
    "materials_corrected",
    "request_withdrawn",
)


@pytest.mark.parametrize("kind", OF_A_PARTY)
def test_what_an_official_entered_for_a_party_says_so(pages: Flask, kind: str) -> None:
    with pages.test_request_context():
        assert "（由陈慧敏根据纸质材料登记）" in told(kind, flag=True, by="陈慧敏", units=frozenset({1}))
        assert "登记" not in told(kind, flag=True, by="王晨光")
    with pages.test_request_context(), force_locale("en"):
        assert "(entered by 陈慧敏 from paper)" in told(kind, flag=True, by="陈慧敏", units=frozenset({1}))


def test_an_official_who_enters_a_correction_did_not_correct_it(pages: Flask) -> None:
    with pages.test_request_context():
        assert "<strong>请求人</strong>提交了补正" in told(
            "materials_corrected", flag=True, by="陈慧敏", units=frozenset({1})
        )
