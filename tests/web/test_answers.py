"""Answers shown once more before they are sent: what is sent again is what was typed."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict

import forms
from app.web.answers import answers_of, sent_again

FACTS = {"organizations": [(7, "顺德美誉电器股份有限公司")], "today": None, "now": None}
TYPED = MultiDict(
    [
        ("requester_organization", "7"),
        ("respondents-0-kind", "individual"),
        ("respondents-0-name", "李某"),
        ("respondents-0-address", "佛山市禅城区"),
        ("respondents-0-uscc", "不再问的"),
        ("right_type", "design"),
        ("requests", "停止销售\n赔偿 18 万元"),
        ("amount_claimed", "18万"),
        ("facts", "第一段\n\n第二段"),
        ("right_files", "5"),
        ("right_files", "6"),
        ("no_suit", "y"),
    ]
)


def asked() -> Flask:
    app = Flask("app")
    Babel(app, default_locale="zh_CN")
    return app


def test_what_is_sent_again_gives_the_same_answers() -> None:
    with asked().test_request_context():
        form = forms.build("mediation_request", TYPED, facts=FACTS)
        again = forms.build("mediation_request", MultiDict(sent_again(form)), facts=FACTS)
        assert again.answers() == form.answers()


def test_a_question_that_is_no_longer_asked_is_not_sent() -> None:
    with asked().test_request_context():
        names = [name for name, _ in sent_again(forms.build("mediation_request", TYPED, facts=FACTS))]
    assert "respondents-0-uscc" not in names


def test_a_person_reads_words_and_not_codes() -> None:
    with asked().test_request_context():
        shown = {one.target: one for one in answers_of(forms.build("mediation_request", TYPED, facts=FACTS))}
    assert shown["requester_organization"].lines == ["顺德美誉电器股份有限公司"]
    assert shown["right_type"].lines == ["外观设计专利"]
    assert shown["requests"].lines == ["停止销售", "赔偿 18 万元"]
    assert shown["amount_claimed"].lines == ["180,000 元"]
    assert shown["no_suit"].lines == ["是"]
    assert [one.lines for one in shown["respondents"].rows[0]][:2] == [["自然人、个体工商户经营者"], ["李某"]]
