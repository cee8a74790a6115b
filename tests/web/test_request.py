"""The request as a page: in sections, with what is known chosen beforehand."""

from __future__ import annotations

import re

import forms
from app.models import User, db
from app.queries import facts
from tests.flows.office import PASSWORD, Office
from tests.web.browser import Browser

SECTIONS = ["请求人", "被请求人", "权利", "事实与请求", "代理人", "证据与材料", "送达与声明"]


def form_of(office: Office, language: str = "zh_CN") -> str:
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    browser.posts("/language", {"language": language})
    return browser.gets("/cases/new/mediation").text


def test_the_form_is_read_in_sections(office: Office) -> None:
    assert re.findall(r'<h2 class="form-section">(.*?)</h2>', form_of(office)) == SECTIONS


def test_a_list_beside_the_form_leads_to_every_section(office: Office) -> None:
    told = form_of(office)
    links = re.findall(r'<li><a href="#(part-\w+)">(.*?) <span', told)
    assert [title for _, title in links] == SECTIONS
    assert [key for key, _ in links] == re.findall(r'<div class="form-part" id="(part-\w+)" data-part>', told)


def test_the_list_says_how_much_is_wrong_in_each_section(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    told = browser.posts("/cases/new/mediation", {"respondents-0-kind": "enterprise"}, expects=422).text
    wrong = dict(re.findall(r'<li><a href="#part-(\w+)">[^<]* <span class="part-wrong">(\d+) 处要改</span>', told))
    assert wrong["respondents"] == "3"  # name, code and address of the first
    assert wrong["evidence"] == "1"  # the proof of the right is among the papers
    assert "agents" not in wrong
    assert sum(map(int, wrong.values())) == int(re.findall(r"还有 (\d+) 处需要改正", told)[0])


def test_a_form_without_sections_has_no_list_of_them(office: Office) -> None:
    case = office.files()
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    assert "data-parts" not in browser.gets(f"/cases/{case.id}/acts/withdraw").text


def test_every_section_names_fields_that_the_form_has_and_all_of_them() -> None:
    cls = forms.FORMS["mediation_request"]
    one = cls(facts={"organizations": [(1, "甲"), (2, "乙")]})
    named = [name for _, names in cls.sections for name in names]
    beside = {"decision_files"}  # stands with the tick that asks for it
    assert set(named) == {field.name for field in one} - beside
    for part, (title, names) in zip(one.parts, cls.sections, strict=True):
        assert part.title == title
        assert [field.name for field in part.fields if field.name not in beside] == list(names)
    assert len(named) == len(set(named))


def test_who_acts_for_one_organisation_finds_it_chosen(office: Office) -> None:
    chosen = re.search(r'<option selected value="(\d+)">(.*?)</option>', form_of(office))
    assert chosen and chosen[2] == office.requesting.name
    two = forms.build("mediation_request", facts={"organizations": [(1, "甲"), (2, "乙")]})
    assert two["requester_organization"].data is None


def test_files_are_chosen_with_a_control_in_the_language_of_the_page(office: Office) -> None:
    told = form_of(office)
    assert told.count('class="file-pick"') == len(re.findall(r'type="file"', told))
    assert "选择文件" in told
    assert "Choose files" in form_of(office, "en")


def test_a_row_that_is_added_begins_like_the_first(office: Office) -> None:
    told = form_of(office)
    added = re.search(
        r"<template data-blank-row>(.*?)</template>", told.partition('data-rows="respondents"')[2], re.DOTALL
    )
    assert added
    kinds = re.findall(r'<input[^>]*name="respondents-1-kind"[^>]*>', added[1])
    assert (
        [("enterprise" in kind) for kind in kinds]
        == [("checked" in kind) for kind in kinds]
        == [True, False, False, False]
    )


def test_the_page_of_answers_can_be_gone_back_to_until_they_are_sent(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    known = facts.of_start(db.session(), db.session.get_one(User, office.requester.id), "mediation")
    values, _ = forms.from_json(forms.build("mediation_request", facts=known), office.request())
    typed = {name: values.getlist(name) for name in values}
    check = browser.posts("/cases/new/mediation", typed).location
    page = browser.gets(check)
    assert page.headers["Cache-Control"] == "no-store"
    assert browser.gets(check).text.count(office.responding.name) == page.text.count(office.responding.name) > 0
    assert office.responding.name in browser.gets("/cases/new/mediation").text
    browser.posts("/cases/new/mediation", {**typed, "confirmed": "1"})
    assert browser.gets(check, expects=303).location == "/matters"
    assert "没有等待核对的请求" in browser.gets("/matters").text
