"""What the law and the forms want to be read in the papers of an adjudication, under order 81 and the text of 2015."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents import letters
from tests.documents.adjudication_facts import IN_COMMON, RESPONDENT_NAME
from tests.documents.conftest import REQUESTER, RESPONDENT, Sample
from tests.documents.reading import read, text_of

ORDER_71 = {"received_on": "2025-01-31"}
THIRD = {**RESPONDENT, "name": "江门市新会区佳美五金电器制造有限公司", "role": "第三人"}


def said(sample: Sample, kind: str, **changes: Any) -> str:
    return text_of(letters.render(kind, sample(kind, **changes)))


def test_the_parties_are_told_who_sits_and_how_long_they_may_ask_for_recusal(sample: Sample) -> None:
    text = said(sample, "panel_notice", replaced=None)
    assert "本局已组成合议组审理本案" in text and "合议组组长林建华合议组成员何伟杰、欧阳慕容晓岚书记员李雅文" in text
    assert "第五条，申请回避应当说明理由，并自收到本告知书之日起3个工作日内提出；此后" in text
    assert "可以在审理终结前提出" in text and "近亲属" in text and "技术调查官" in text
    assert "区颖诗不再参加本案的审理，由欧阳慕容晓岚接替" in said(sample, "panel_notice")


def test_the_text_of_2015_knows_one_ground_of_recusal_of_the_panel_and_no_period(sample: Sample) -> None:
    text = said(sample, "panel_notice", **ORDER_71, days="")
    assert "《专利行政执法办法》第七条，申请回避应当说明理由。" in text and "直接利害关系" in text
    assert "工作日" not in text and "近亲属" not in text and "技术调查官" not in text


@pytest.mark.parametrize(
    ("kind", "order81", "order71"),
    [
        ("acceptance_notice", "第十二条规定的受理条件", "第十条规定的受理条件"),
        ("adjudication_refusal_notice", "第十二条、第二十条，本局决定", "第十条、第十三条，本局决定"),
        ("evaluation_report_notice", "第十四条", "第十一条"),
        ("answer_notice", "第二十二条", "第十四条"),
        ("hearing_notice", "第二十六条", "第十六条"),
        ("preservation_decision", "第四十九条", "第四十条"),
        ("adjudication_decision", "第三十一条，裁决如下", "第十九条，裁决如下"),
        ("enforcement_request", "第八十条", "第四十四条"),
        ("enforcement_application", "第八十条", "第四十四条"),
    ],
)
def test_a_paper_cites_the_measures_of_the_day_of_receipt(
    kind: str, order81: str, order71: str, sample: Sample
) -> None:
    assert f"《专利纠纷行政裁决和调解办法》{order81}" in said(sample, kind, received_on="2025-02-01")
    assert f"《专利行政执法办法》{order71}" in said(sample, kind, **ORDER_71)


@pytest.mark.parametrize(
    "kind",
    [
        "suspension_notice",
        "no_suspension_notice",
        "cancellation_decision",
        "jurisdiction_decision",
        "joinder_notice",
        "evidence_notice",
        "correction_of_decision",
        "publication_notice",
    ],
)
def test_where_the_text_of_2015_has_no_article_none_is_cited(kind: str, sample: Sample) -> None:
    assert "依照《专利纠纷行政裁决和调解办法》" in said(sample, kind)
    assert "依照" not in said(sample, kind, **ORDER_71)


def test_a_request_asks_for_orders_and_leaves_damages_to_mediation(sample: Sample) -> None:
    text = said(sample, "infringement_request")
    assert "主张的权利要求权利要求1、3" in text and "请求人的身份权利人" in text
    assert "依照《中华人民共和国专利法》第六十五条一并调解" in text and "1.赔偿经济损失三十万元；" in text
    assert "√双方当事人均没有就本纠纷向人民法院起诉，也没有约定其他解决方式。" in text
    assert "行政裁决的范围" not in said(sample, "infringement_request", mediated=[])


def test_a_request_made_under_the_patent_law_of_2008_cites_that_law(sample: Sample) -> None:
    text = said(sample, "infringement_request", received_on="2021-05-31")
    assert "《中华人民共和国专利法》第六十条" in text
    assert "√请求人没有就本纠纷向人民法院起诉。" in text


def test_a_design_has_no_claims(sample: Sample) -> None:
    assert "主张的权利要求" not in said(sample, "answer_notice", claims="")


def test_a_refusal_ticks_its_reasons_of_which_none_is_of_mediation(sample: Sample) -> None:
    text = said(sample, "adjudication_refusal_notice")
    assert text.count("√") == 2 and "√请求人不是权利人或者利害关系人" in text and "单独请求调解" not in text
    assert "自收到本通知书之日起十五日内依法向人民法院提起行政诉讼" in text
    assert "依照第十二条，本局" in said(sample, "adjudication_refusal_notice", basis="第十二条")


def test_who_lives_abroad_has_longer_to_answer(sample: Sample) -> None:
    assert "请自收到请求书副本之日起15日内提交答辩书" in said(sample, "answer_notice")
    abroad = said(sample, "answer_notice", days=30, domicile=False)
    assert "你方在中国境内没有固定住所，请自收到请求书副本之日起30日内提交答辩书" in abroad
    assert "需要延期答辩" in abroad and "需要延期答辩" not in said(sample, "answer_notice", **ORDER_71)


def test_a_notice_of_a_hearing_says_when_where_how_and_what_absence_means(sample: Sample) -> None:
    text = said(sample, "hearing_notice")
    assert "进行第2次口头审理" in text and "时间2026年11月18日（星期三）9时30分" in text
    assert "现场，公开审理" in text and "请携带公证封存的被控产品实物。" in text
    assert "自收到本通知书之日起三日内交回口头审理回执" in text
    assert "请求人无正当理由不参加，或者未经许可中途退出的，按撤回请求处理" in text and "缺席审理" in text
    assert "线上，不公开审理" in said(sample, "hearing_notice", online=True, closed=True)


@pytest.mark.parametrize("attends", [True, False])
def test_a_reply_ticks_one_answer(attends: bool, sample: Sample) -> None:
    text = said(sample, "hearing_reply", attends=attends)
    assert text.count("√") == 1 and ("√参加口头审理" in text) is attends


def test_each_page_of_a_transcript_is_signed_and_follows_the_script(sample: Sample) -> None:
    pages = read(letters.render("hearing_transcript", sample("hearing_transcript"))).pages
    for page in pages:
        foot = "".join(page.extract_text().split())
        assert "请求人：" in foot and "被请求人：" in foot and "书记员：" in foot
    text = said(sample, "hearing_transcript")
    parts = (
        "一、核对身份",
        "四、询问是否申请回避",
        "六、技术特征比对",
        "七、争议焦点",
        "八、最后陈述",
        "九、询问调解意愿",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "上述内容已阅，与我所述内容一致" in text and "拒绝签名，书记员已注明" in text


def test_a_suspension_ticks_its_ground_among_those_of_the_law_and_says_from_when(sample: Sample) -> None:
    text = said(sample, "suspension_notice")
    assert "第二十八条，本局决定自2026年11月4日起中止处理" in text
    assert text.count("√") == 1 and "√实用新型、外观设计专利的无效宣告请求已被受理" in text and "不可抗力" in text
    assert "涉案专利无效" in said(sample, "suspension_notice", grounds=[], ground="涉案专利无效")
    assert "起恢复处理" in said(sample, "resumption_notice")


def test_a_cancellation_ticks_one_of_the_grounds_and_names_the_remedy(sample: Sample) -> None:
    text = said(sample, "cancellation_decision")
    assert "第三十六条，本局决定撤销本案" in text and text.count("√") == 1 and "√请求人撤回处理请求" in text
    assert "自收到本决定书之日起十五日内依法向人民法院提起行政诉讼" in text
    assert "合议组组长林建华" in text and "书记员李雅文" in text


def test_a_decision_has_its_parts_in_order_and_numbers_only_those_it_has(sample: Sample) -> None:
    text = said(sample, "adjudication_decision")
    for part in ("一、当事人", "三、参加口头审理的情况", "六、现场检查情况", "十、裁决结果", "十二、救济途径和期限"):
        assert part in text
    assert text.index("合议组组长林建华") < text.index("2026年12月30日书记员李雅文")
    short = said(sample, "adjudication_decision", attended=[], hearing_on=None, inspection=None, fees="")
    assert "三、请求人的主张和证据" in short and "九、救济途径和期限" in short and "十、" not in short
    assert "采用书面方式" in short and "口头审理" not in short


def test_a_decision_orders_rejects_and_says_what_may_follow(sample: Sample) -> None:
    text = said(sample, "adjudication_decision")
    assert "依照《中华人民共和国专利法》第六十五条、《专利纠纷行政裁决和调解办法》第三十一条，裁决如下" in text
    assert "1.责令被请求人自收到本裁决书之日起停止制造、销售型号为OBK-900的集成灶。" in text
    assert "2.驳回请求人的下列请求：责令被请求人销毁库存产品。" in text
    assert "应当自收到本裁决书之日起15日内履行完毕" in text
    assert "自收到本裁决书之日起十五日内，依照《中华人民共和国行政诉讼法》向广州知识产权法院提起诉讼" in text
    assert "诉讼期间不停止本裁决的执行" in text and "可以申请人民法院强制执行" in text


def test_a_decision_that_finds_no_infringement_rejects_the_request_and_threatens_nobody(sample: Sample) -> None:
    text = said(sample, "adjudication_decision", result="not_infringed", orders=[], rejected=[], perform_days=None)
    assert "不构成对请求人专利权的侵犯" in text and "裁决如下：驳回请求人的全部请求。" in text
    assert "强制执行" not in text and "履行完毕" not in text


def test_a_respondent_who_says_nothing_is_said_to_have_said_nothing(sample: Sample) -> None:
    assert "被请求人未提交答辩书。" in said(sample, "adjudication_decision", answer_of_respondent=None)


def test_a_third_party_is_named_and_has_its_copy(sample: Sample) -> None:
    everybody = {"third_parties": [THIRD], "to": [REQUESTER, RESPONDENT, THIRD]}
    text = said(sample, "adjudication_decision", **everybody)
    assert f"第三人{THIRD['name']}" in text and "本裁决书一式四份，当事人各一份，一份存档。" in text
    assert f"{THIRD['name']}作为第三人参加审理。" in text
    assert "作为第三人" not in said(sample, "adjudication_decision")
    assert f"第三人{THIRD['name']}" in said(sample, "extension_notice", **everybody)


@pytest.mark.parametrize("kind", ["docketing_approval_form", "investigation_approval_form", "closing_approval_form"])
def test_an_internal_form_shows_the_three_opinions_in_order_with_who_gave_them(kind: str, sample: Sample) -> None:
    text = said(sample, kind)
    places = [text.index(word) for word in ("承办人意见", "同意承办人意见，报部门负责人审批。", "部门负责人意见")]
    assert places == sorted(places)
    assert "签名：彭少华2026年10月13日" in text and "签名：林建华2026年10月14日" in text


def test_an_approval_ticks_what_was_decided(sample: Sample) -> None:
    assert "√立案" in said(sample, "docketing_approval_form")
    assert "√不予受理" in said(sample, "docketing_approval_form", outcome="refuse")
    assert "√不同意" in said(sample, "investigation_approval_form", granted=False)


def test_a_deliberation_keeps_who_dissented_and_stays_in_the_closed_volume(sample: Sample) -> None:
    text = said(sample, "deliberation_record")
    assert "合议组组长林建华：认定侵权成立" in text and "欧阳慕容晓岚持不同意见，已记录在案" in text
    assert "存副卷，不对外提供" in text
    assert "合议组成员意见一致" in said(sample, "deliberation_record", dissent=[])


def test_an_objection_to_jurisdiction_is_upheld_or_rejected(sample: Sample) -> None:
    assert "√异议成立，将本案移送中山市市场监督管理局" in said(sample, "jurisdiction_decision")
    rejected = said(sample, "jurisdiction_decision", upheld=False, authority="")
    assert "√异议不成立，驳回管辖异议" in rejected and "本案继续审理" in rejected


@pytest.mark.parametrize(
    ("kind", "whom"),
    [
        ("sampling_decision", RESPONDENT_NAME),
        ("preservation_decision", RESPONDENT_NAME),
        ("release_decision", RESPONDENT_NAME),
        ("publication_notice", RESPONDENT_NAME),
        ("transfer_letter", "中山市市场监督管理局（中山市知识产权局）"),
        ("appraisal_commission", "广东省知识产权鉴定评估服务中心有限公司"),
    ],
)
def test_a_letter_to_somebody_who_need_not_be_a_party_is_addressed_by_name(
    kind: str, whom: str, sample: Sample
) -> None:
    assert f"{whom}：" in said(sample, kind)


def test_a_request_that_is_withdrawn_asks_to_cancel_a_case_only_where_there_is_one(sample: Sample) -> None:
    assert "撤回本案的专利侵权纠纷处理请求，由贵局撤销案件。" in said(sample, "case_withdrawal")
    assert "撤回本案的专利侵权纠纷处理请求。" in said(sample, "case_withdrawal", docketed_on=None)


def test_an_exhortation_names_the_duty_the_time_and_what_follows(sample: Sample) -> None:
    text = said(sample, "exhortation_letter")
    assert "1.停止制造、销售型号为OBK-900的集成灶；" in text and "自收到本催告书之日起十日内履行" in text
    assert "《中华人民共和国行政强制法》第五十四条" in text and "有权向本局陈述和申辩" in text
    assert "送达十日后（按工作日计算）" in text and "申请人民法院强制执行" in text
    assert "自收到本催告书之日起10个工作日内履行" in said(sample, "exhortation_letter", perform_within=10)


def test_a_list_says_of_each_thing_whether_it_is_given_back_where_that_is_decided(sample: Sample) -> None:
    assert "以上物品共12项" in said(sample, "preservation_list") and "解除" not in said(sample, "preservation_list")
    assert "以上物品共2项" in said(sample, "release_list")


def test_the_public_sheet_says_what_was_masked_and_nothing_of_how_a_party_is_reached(sample: Sample) -> None:
    text = said(sample, "case_disclosure_sheet")
    assert "公开前已依法遮盖当事人的住所、技术图纸中的商业秘密。" in text
    assert RESPONDENT["address"].replace(" ", "") not in text and RESPONDENT["phone"] not in text


def test_the_court_is_told_of_the_exhortation_and_gets_numbers_that_the_office_writes_in(sample: Sample) -> None:
    masked = {**RESPONDENT, "uscc": "", "resident_id": "440681********002X", "phone": "138****8001"}
    text = said(sample, "enforcement_application", respondents=[masked])
    assert "*" not in text and "（由本局填写）" in text
    assert "催告书送达日期2027年1月25日" in text and "当事人未在法定期限内提起行政诉讼" in text
    assert "此致广州知识产权法院" in text


SHARED = ["recusal_decision", "transfer_notice", "submission_receipt", "mediation_agreement", "case_file_cover"]


@pytest.mark.parametrize("kind", SHARED)
def test_a_paper_that_both_processes_make_speaks_of_the_one_it_is_made_in(kind: str, sample: Sample) -> None:
    adjudicated = said(sample, kind, **IN_COMMON, reason="与当事人有利害关系。")
    assert "调解请求" not in adjudicated and "调解员" not in adjudicated
    mediated = said(sample, kind)
    assert "专利侵权纠纷处理请求" not in mediated and "合议组" not in mediated


def test_an_agreement_made_before_the_panel_is_signed_by_the_panel(sample: Sample) -> None:
    text = said(sample, "mediation_agreement", **IN_COMMON)
    assert "主持调解区颖诗合议组组长林建华" in text
    assert text.count("合议组成员（签名）") == 2 and "书记员（签名）" in text
