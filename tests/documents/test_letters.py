"""The letters: what stands in them, that they can be kept for ever, that nobody's text becomes markup."""

from __future__ import annotations

import sys

import pytest

from app.documents import catalogue, fonts, letters, typesetting
from app.documents.kinds import Source
from app.domain.errors import RuleBroken
from tests.documents.reading import read, text_of

AT_LENGTH = ("hearing_transcript", "adjudication_decision")
WITH_LETTER = [kind for kind, paper in catalogue.KINDS.items() if paper.has_letter]


def fonts_of(pdf: bytes):
    for page in read(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for inner in font.get_object()["/DescendantFonts"]:
                yield inner.get_object()["/FontDescriptor"].get_object()


@pytest.mark.parametrize("kind", WITH_LETTER)
class TestEveryLetter:
    def test_says_its_name_the_case_and_the_parties(self, kind, sample):
        facts = sample(kind)
        text = text_of(letters.render(kind, facts))
        assert "".join(catalogue.KINDS[kind].name.split()) in text
        assert facts["case_number"].removesuffix("号") in text and "〓" not in text
        if kind not in ("evidence_list", "file_index", "file_note"):
            assert (facts.get("applicants") or facts["respondents"])[0]["name"] in text

    def test_is_the_same_to_the_byte_for_the_same_facts(self, kind, sample):
        assert letters.render(kind, sample(kind)) == letters.render(kind, sample(kind))

    def test_is_an_archive_pdf_with_title_date_and_language(self, kind, sample):
        pdf = letters.render(kind, sample(kind))
        reader = read(pdf)
        assert reader.metadata.title.startswith(catalogue.KINDS[kind].name)
        assert reader.metadata.creation_date.date().isoformat() == "2026-11-03"
        assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
        assert reader.trailer["/Root"]["/Lang"].startswith("zh")
        assert 1 <= len(reader.pages) <= (5 if kind in AT_LENGTH else 3)

    def test_carries_every_font_it_uses(self, kind, sample):
        found = list(fonts_of(letters.render(kind, sample(kind))))
        assert found
        for descriptor in found:
            assert "NotoSerifSC" in descriptor["/FontName"] or "NotoSansSC" in descriptor["/FontName"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor

    def test_can_be_previewed_before_the_system_has_added_its_part(self, kind, sample):
        later = {f.name: None for f in catalogue.KINDS[kind].fields if f.source is Source.SYSTEM}
        assert "预览" in text_of(letters.render(kind, sample(kind, **later), preview=True))

    def test_is_made_of_no_more_than_what_it_must_say(self, kind, sample):
        needed = {f.name for f in catalogue.KINDS[kind].fields if f.required}
        text = text_of(letters.render(kind, {name: value for name, value in sample(kind).items() if name in needed}))
        assert "".join(catalogue.KINDS[kind].name.split()) in text
        assert "〓" not in text and "none" not in text

    def test_is_not_made_without_what_it_must_say(self, kind, sample):
        for field in catalogue.KINDS[kind].fields:
            if field.required:
                with pytest.raises(RuleBroken) as refused:
                    letters.render(kind, sample(kind, **{field.name: None}))
                assert field.label in str(refused.value) and refused.value.field == field.name


def test_every_template_belongs_to_a_kind():
    files = {path.stem for path in letters.LETTERS.glob("*.typ")} - {
        "sheet",
        "common",
        "adjudication",
        "award",
        "roster",
    }
    assert files == set(WITH_LETTER)


@pytest.mark.parametrize(
    "name", ['#import "x"', "*粗*_斜_", "<b>粗</b>", "$x$@ref", "= 标题", "// 无", "\\u{41}", "#sys.inputs"]
)
@pytest.mark.parametrize("kind", ["mediation_agreement", "statement_notice", "mediation_record"])
def test_a_party_whose_name_looks_like_markup_is_called_by_that_name(kind, name, sample):
    facts = sample(kind)
    party = {**facts["respondents"][0], "name": name}
    text = text_of(letters.render(kind, {**facts, "respondents": [party], "to": [party], "attended": [name]}))
    assert "".join(name.split()) in text


def test_what_somebody_writes_at_length_is_not_markup_either(sample):
    record = '#panic("x")\n#let a = 1\n= 标题\n- 项 *粗* `x` @nobody <label> $1+1$'
    text = text_of(letters.render("mediation_record", sample("mediation_record", record=record)))
    assert '#panic("x")' in text and "-项*粗*`x`@nobody<label>$1+1$" in text


def test_ten_respondents_with_long_names_all_sign(sample):
    facts = sample("mediation_agreement")
    names = [f"第{n}被请求人" + "很长的名称" * 8 + "有限公司" for n in range(1, 10)] + ["第一行\n第二行\n第三行"]
    parties = [{**facts["respondents"][0], "name": name} for name in names]
    text = text_of(letters.render("mediation_agreement", {**facts, "to": [*facts["requesters"], *parties]}))
    for name in names:
        assert text.count("".join(name.split())) >= 2


def test_who_did_not_consent_is_not_in_the_agreement(sample):
    facts = sample("mediation_agreement")
    outside = {**facts["respondents"][0], "name": "未同意调解的公司"}
    facts["respondents"].append(outside)
    assert "未同意调解的公司" not in text_of(letters.render("mediation_agreement", facts))


def test_a_party_of_whom_little_is_known_leaves_no_empty_rows(sample):
    facts = sample("mediation_request")
    empty = dict.fromkeys(("uscc", "legal_representative", "address", "postcode", "phone"), "")
    text = text_of(
        letters.render(
            "mediation_request", {**facts, "requesters": [{**facts["requesters"][0], **empty}], "respondents": []}
        )
    )
    assert "统一社会信用代码" not in text and "被请求人1" not in text


def test_a_character_that_no_font_has_is_named_and_does_not_stop_the_letter(sample):
    facts = sample("mediator_notice", mediator="𠮷野😀\u202e")
    text = text_of(letters.render("mediator_notice", facts))
    assert "〓野〓" in text and "U+20BB7、U+1F600" in text and "\u202e" not in text


def test_twenty_pieces_of_evidence_are_all_listed_under_a_head_that_repeats(sample):
    pages = [
        "".join(page.extract_text().split())
        for page in read(letters.render("evidence_list", sample("evidence_list"))).pages
    ]
    assert all(f"第{n}项" in "".join(pages) for n in range(1, 21))
    assert all("证据材料名称" in page for page in pages if "公证购买记录" in page)
    assert "以上证据材料共20项。" in pages[-1]


def test_the_reasons_of_a_refusal_are_ticked(sample):
    text = text_of(letters.render("refusal_notice", sample("refusal_notice")))
    assert text.count("√") == 2 and "没有明确的被请求人" in text


@pytest.mark.parametrize(
    ("received", "patent", "law"),
    [
        ("2025-02-01", True, "《专利纠纷行政裁决和调解办法》第六十五条"),
        ("2025-01-31", True, "《专利行政执法办法》第二十三条"),
        ("2026-10-09", False, None),
    ],
)
def test_a_letter_cites_the_law_of_the_day_of_receipt(received, patent, law, sample):
    facts = sample("statement_notice", received_on=received)
    facts["right"]["patent"] = patent
    text = text_of(letters.render("statement_notice", facts))
    assert law in text if law else "办法》" not in text


def test_a_paper_that_is_only_handed_in_has_no_letter():
    with pytest.raises(ValueError, match="no letter"):
        letters.render("court_ruling", {})


def test_missing_fonts_are_a_plain_sentence(monkeypatch, tmp_path, sample):
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    with pytest.raises(fonts.FontsMissing, match="缺少文书字体"):
        letters.render("file_note", sample("file_note"))


def test_what_typst_says_of_a_broken_template_is_raised(tmp_path):
    template = tmp_path / "broken.typ"
    template.write_text("#unknown-name", encoding="utf-8")
    with pytest.raises(typesetting.NotSet, match="unknown variable"):
        typesetting.compiled(template, fonts.FONTS, {})


def test_a_letter_that_takes_too_long_is_stopped(sample, monkeypatch):
    monkeypatch.setattr(typesetting, "PATIENCE", 0.001)
    with pytest.raises(typesetting.NotSet, match="not done after"):
        letters.render("mediator_notice", sample("mediator_notice"))


def test_no_process_of_the_product_holds_typst(sample):
    letters.render("mediator_notice", sample("mediator_notice"))
    assert "typst" not in sys.modules
