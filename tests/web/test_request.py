"""The request as a page: in sections, with what is known chosen beforehand."""

from __future__ import annotations

import re

import forms
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


def test_every_section_names_fields_that_the_form_has_and_all_of_them() -> None:
    cls = forms.FORMS["mediation_request"]
    one = cls(facts={"organizations": [(1, "甲"), (2, "乙")]})
    named = [name for _, names in cls.sections for name in names]
    beside = {"decision_files"}  # stands with the tick that asks for it
    assert set(named) == {field.name for field in one} - beside
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
