"""What the law and the form of each paper want to be read in it: identity, dates, periods, remedies, copies."""

from __future__ import annotations

import pytest

from app.documents import letters
from tests.documents.reading import text_of

PERSON = {"name": "欧阳慕容晓岚", "uscc": "", "resident_id": "440681********002X", "legal_representative": ""}


def said(sample, kind, **changes):
    return text_of(letters.render(kind, sample(kind, **changes)))


@pytest.mark.parametrize("kind", ["mediation_request", "mediation_agreement"])
def test_a_person_is_told_from_another_of_the_same_name_by_a_masked_number(kind, sample):
    facts = sample(kind)
    person = {**facts["requesters"][0], **PERSON}
    text = text_of(letters.render(kind, {**facts, "requesters": [person], "to": [person, *facts["respondents"]]}))
    assert "公民身份号码440681********002X" in text
    assert text.count("统一社会信用代码") == 1


@pytest.mark.parametrize("kind", ["judicial_confirmation_application", "notarisation_application"])
def test_an_application_leaves_its_owner_to_write_a_number_that_the_other_side_may_not_read(kind, sample):
    facts = sample(kind)
    person = {**facts["requesters"][0], **PERSON, "phone": "138****8001"}
    text = text_of(letters.render(kind, {**facts, "requesters": [person], "to": [person, *facts["respondents"]]}))
    assert "*" not in text
    assert "公民身份号码（由本人填写）" in text and text.count("邮编、电话528311（由本人填写）") == 2
    assert text.count("统一社会信用代码91440606722473344C") == 1


@pytest.mark.parametrize("kind", ["judicial_confirmation_application", "notarisation_application"])
def test_who_applies_is_named_with_the_side_on_which_it_stood(kind, sample):
    text = said(sample, kind)
    assert "申请人（请求人）佛山市" in text and "申请人（被请求人）中山市" in text


def test_the_parties_are_told_how_long_they_may_ask_for_recusal(sample):
    text = said(sample, "mediator_notice")
    assert "办法》第五条，申请回避应当说明理由，并自收到本告知书之日起3个工作日内提出" in text
    assert "在此之后才知道回避事由的，可以在调解终结前提出" in text and "近亲属" in text


def test_the_text_of_2015_knows_one_ground_of_recusal_and_no_period(sample):
    text = said(sample, "mediator_notice", received_on="2025-01-31", days="")
    assert "《专利行政执法办法》第七条，申请回避应当说明理由。" in text and "直接利害关系" in text
    assert "工作日" not in text and "近亲属" not in text


def test_a_decision_on_recusal_says_who_asked_and_what_may_follow(sample):
    first = said(sample, "recusal_decision", upheld=False)
    assert "法定代表人梁少芬" in first and "申请日期2026年10月29日" in first and "可以申请复议一次" in first
    assert "不能再次申请复议" in said(sample, "recusal_decision", upheld=False, review=True)
    assert "复议" not in said(sample, "recusal_decision")


def test_who_stays_away_is_told_that_the_request_counts_as_withdrawn(sample):
    text = said(sample, "mediation_cancel_notice", withdrawn=True)
    assert "按撤回请求处理" in text and "未能达成" not in text.partition("理由")[0]
    assert "未能达成调解协议。依照《专利纠纷行政裁决和调解办法》第六十七条" in said(sample, "mediation_cancel_notice")


def test_an_agreement_says_when_what_happened_and_how_many_copies_there_are(sample):
    text = said(sample, "mediation_agreement")
    for words in (
        "提交日期2026年10月9日",
        "受理日期2026年10月12日",
        "立案日期2026年10月30日",
        "调解日期2026年11月1日、2026年11月2日",
        "本协议书一式三份，当事人各执一份",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("effective", "article"),
    [("2026-11-06", "第二百零五条"), ("2023-12-31", "第二百零一条"), ("2024-01-01", "第二百零五条")],
)
def test_the_court_is_asked_by_the_article_of_the_day_and_told_where_to_serve(effective, article, sample):
    text = said(sample, "judicial_confirmation_application", effective_on=effective)
    assert f"{article}的规定" in text
    assert "六、送达地址" in text and "此致佛山市禅城区人民法院" in text


@pytest.mark.parametrize("kind", ["mediation_agreement", "notarisation_application", "mediation_request"])
def test_an_amount_that_is_signed_for_stands_in_capitals_and_in_figures(kind, sample):
    assert "金额人民币捌万元整（¥80,000.00）" in said(sample, kind, amount="80000").replace("：", "")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("submission_receipt", "本回执一式两份，请求人一份，一份存档。"),
        ("refusal_notice", "本通知书一式两份，请求人一份，一份存档。"),
        ("statement_notice", "本通知书一式两份，被请求人一份，一份存档。"),
        ("mediation_docket_notice", "本文书一式三份，当事人各一份，一份存档。"),
    ],
)
def test_a_letter_says_how_many_copies_there_are_and_who_has_them(kind, words, sample):
    assert words in said(sample, kind)


def test_where_a_letter_goes_to_several_each_of_them_has_a_copy(sample):
    one = sample("statement_notice")["to"][0]
    assert "本通知书一式三份，被请求人各一份" in said(sample, "statement_notice", to=[one, one])


def test_an_agreement_without_money_names_none(sample):
    assert "人民币" not in said(sample, "mediation_agreement", amount="")


def test_a_refusal_names_the_remedy_and_its_period(sample):
    assert "自收到本通知书之日起十五日内依法向人民法院提起行政诉讼" in said(sample, "refusal_notice")
    assert "自收到本通知书之日起六个月内" in said(sample, "refusal_notice", suit_within="六个月")


def test_a_refusal_says_under_which_articles_it_is_made(sample):
    text = said(sample, "refusal_notice", basis="《专利纠纷行政裁决和调解办法》第十二条、第六十三条")
    assert "不符合受理条件，依照《专利纠纷行政裁决和调解办法》第十二条、第六十三条，本局决定不予受理" in text
    assert "依照" not in said(sample, "refusal_notice")


def test_a_correction_is_counted_from_receipt_and_names_no_other_day(sample):
    assert "自收到本通知书之日起7日内补正。" in said(sample, "correction_notice", due="2026-11-10")


def test_a_notice_ends_as_notices_do(sample):
    text = said(sample, "statement_notice")
    assert "特此通知。附件：调解请求书副本及所附材料佛山市市场监督管理局" in text
    assert "特此通知" not in said(sample, "mediator_notice")


def test_a_list_of_evidence_quotes_the_patent_as_patents_are_quoted(sample):
    assert "专利号ZL201720345678.9" in said(sample, "evidence_list")


def test_the_remedies_stand_under_their_heading_however_full_the_page(sample):
    for lines in range(1, 16, 2):
        pages = letters.render("refusal_notice", sample("refusal_notice", explanation="\n".join(["说明"] * lines)))
        assert "救济途径认为不予受理" in text_of(pages), lines


@pytest.mark.parametrize("kind", ["statement_notice", "mediation_docket_notice"])
def test_the_mediation_of_a_trademark_is_opened_under_the_trademark_law(kind, sample):
    right = {**sample(kind)["right"], "type": "商标", "number": "12345678", "patent": False}
    text = said(sample, kind, right=right, trademark_law="《中华人民共和国商标法》第六十条")
    assert "依照《中华人民共和国商标法》第六十条，" in text and "办法》" not in text
    assert "依照" not in said(sample, kind, right=right)


def test_a_docketing_tells_the_parties_with_whom_nothing_is_docketed_and_what_is_open(sample):
    gone = [{"name": "江门市新会佳美五金厂", "why": "不同意调解"}]
    ways = "依法请求行政裁决、向人民法院起诉，或者通过其他途径解决"
    text = said(sample, "mediation_docket_notice", left_out=gone, other_ways=ways)
    assert (
        "被请求人江门市新会佳美五金厂（不同意调解）不参加调解，依照《专利纠纷行政裁决和调解办法》第六十六条，"
        f"本局对请求人与该被请求人之间的纠纷不予立案。请求人可以就该纠纷{ways}。" in text
    )
    assert "不予立案" not in said(sample, "mediation_docket_notice")
    two = said(sample, "mediation_docket_notice", left_out=[*gone, {"name": "乙厂", "why": "逾期未提交意见陈述书"}])
    assert "五金厂（不同意调解）、乙厂（逾期未提交意见陈述书）不参加调解" in two and "上述各被请求人" in two
