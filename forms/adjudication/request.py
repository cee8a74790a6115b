"""The request that opens an adjudication (D01, D02, D03): one patent, one respondent, the claims relied on."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain import claims
from app.domain.disputes import PATENT_RIGHTS, RightType, Standing
from forms.base import TaskForm
from forms.choices import OneField, PickField, from_fact, labelled
from forms.fields import FilesField, LinesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField
from forms.registry import task_form
from forms.request import AgentEntry, EvidenceEntry, PartyEntry, check_right_number, refuse_named_twice
from forms.rows import RowsField
from forms.text import Said, listed

LICENSED = f"{Standing.EXCLUSIVE_LICENSEE}|{Standing.SOLE_LICENSEE}|{Standing.NONEXCLUSIVE_LICENSEE}|{Standing.HEIR}"
WITH_CLAIMS = f"{RightType.INVENTION}|{RightType.UTILITY_MODEL}"
REPORTED = f"{RightType.UTILITY_MODEL}|{RightType.DESIGN}"
PATENTS = "|".join(sorted(PATENT_RIGHTS))
ASKING = [s for s in Standing if s not in (Standing.INVENTOR, Standing.CLAIMANT)]


@task_form("adjudication_request")
class AdjudicationRequest(TaskForm):
    """Ask the office to decide on an infringement."""

    title = _l("专利侵权纠纷处理请求")
    intro = _l(
        "一件请求只针对一项专利、一名被请求人；有多项专利或者多名被请求人的，请分别提出。提交后，本局在 5 个工作日内决定是否立案。"
    )
    patent_law = _l(
        "依据：《中华人民共和国专利法》第六十五条；《专利纠纷行政裁决和调解办法》第十二条至第十五条、第二十一条、第三十六条。"
    )
    law_of_2015 = _l("依据：《中华人民共和国专利法》第六十五条；《专利行政执法办法》第十条至第十二条。")
    submit_label = _l("提交请求")
    sections = (
        (_l("请求人"), ("requester_organization", "co_requesters")),
        (_l("被请求人"), ("respondents",)),
        (
            _l("专利"),
            (
                "right_type",
                "right_number",
                "right_filed_on",
                "right_name",
                "right_holder",
                "claims",
                "standing",
                "standing_files",
            ),
        ),
        (_l("事实与请求"), ("major", "requests", "facts")),
        (_l("代理人"), ("agents",)),
        (_l("证据与材料"), ("evidence", "identity_files", "right_files", "report_files")),
        (_l("送达与声明"), ("e_service", "no_suit")),
    )
    rules = (
        _l("专利号应与专利类型相符；发明、实用新型应写明所主张的权利要求。"),
        _l("请求事项至少有一项是要求停止侵权；赔偿、赔礼道歉等只能调解，会另行告知。"),
        _l("一件请求只有一名被请求人；同一当事人只填写一次。"),
    )

    requester_organization = PickField(
        _l("以哪家单位的名义请求"),
        from_fact("organizations"),
        ids=True,
        present_if="organizations",
        required=_l("请选择您所代表的单位"),
    )
    co_requesters = RowsField(
        PartyEntry, _l("共同请求人"), most=9, description=_l("与您一同提出请求的其他单位或者个人，没有的不填")
    )
    respondents = RowsField(
        PartyEntry,
        _l("被请求人"),
        least=1,
        most=1,
        required=_l("请填写被请求人"),
        description=_l("涉嫌侵权的单位或者个人；还有其他被请求人的，请另行提出请求"),
    )
    right_type = OneField(_l("权利类型"), labelled(RightType), required=_l("请选择权利类型"))
    right_number = TextField(
        _l("专利号"),
        max_length=60,
        required=_l("请填写专利号"),
        required_when=f"right_type={PATENTS}",
        description=_l("专利号如 ZL 2023 3 0418812.8"),
    )
    right_filed_on = IsoDateField(_l("申请日"), tense="past", description=_l("专利证书上的申请日"))
    right_name = TextField(_l("专利名称"), required=_l("请填写专利名称"), description=_l("与专利登记簿副本一致"))
    right_holder = TextField(_l("专利权人"), required=_l("请填写专利登记簿上的专利权人"))
    claims = TextField(
        _l("主张的权利要求"),
        when=f"right_type={WITH_CLAIMS}",
        required=_l("请写明以哪几项权利要求主张权利，例如 1、3"),
        description=_l("外观设计不填；发明、实用新型写明权利要求的序号"),
    )
    standing = OneField(_l("请求人与专利的关系"), labelled(ASKING), required=_l("请选择请求人与专利的关系"))
    standing_files = FilesField(
        _l("利害关系人的证明"),
        when=f"standing={LICENSED}",
        required=_l("请上传许可合同、授权书、权利人放弃请求的声明或者继承的证明"),
        description=_l(
            "独占被许可人附许可合同；排他被许可人另附权利人不请求的声明；普通被许可人另附合同约定或者单独授权；继承人附继承的证明"
        ),
    )
    major = TickField(
        _l("属于全国有重大影响的纠纷"), description=_l("涉及重大公共利益、严重影响行业发展，或者跨省级行政区域")
    )
    requests = LinesField(
        _l("请求处理的事项"),
        most=10,
        required=_l("请写明请求处理的事项，一行一项"),
        description=_l("一行一项，例如：责令被请求人停止制造、销售被控产品"),
    )
    facts = TextBlock(
        _l("事实和理由"),
        min_length=20,
        max_length=10_000,
        required=_l("请写明侵权的事实和请求的理由"),
        description=_l("何时、何地、何人、怎样实施，被控产品或者方法与专利的技术特征、设计怎样对应"),
    )
    agents = RowsField(AgentEntry, _l("委托代理人"), most=2, description=_l("最多两名"))
    evidence = RowsField(EvidenceEntry, _l("证据清单"), most=50)
    identity_files = FilesField(
        _l("主体资格证明"),
        description=_l(
            "营业执照和法定代表人身份证明，或者居民身份证；境外单位的证明和授权委托书应当办理公证、认证，外文的附中文译本"
        ),
    )
    right_files = FilesField(
        _l("专利权有效的证明"),
        required=_l("请上传专利登记簿副本"),
        description=_l("专利登记簿副本；2025 年 2 月 1 日以前收到的请求，也可以是专利证书和当年缴纳年费的收据"),
    )
    report_files = FilesField(
        _l("专利权评价报告"),
        when=f"right_type={REPORTED}",
        description=_l("实用新型、外观设计专利；没有附上的，本局可以要求补交，无正当理由不交的可以不予受理"),
    )
    e_service = TickField(
        _l("同意电子送达"), description=_l("文书通过本平台和电子邮件送达，到达即为送达；裁决书、调解协议书除外")
    )
    no_suit = TickField(
        _l("声明：各方均未就该纠纷起诉，也没有约定其他解决方式"),
        required=_l("已经起诉或者约定了仲裁等其他解决方式的，不能请求裁决；没有的请勾选声明"),
    )

    @property
    def doubts(self) -> list[Said]:
        """Say which of the requests can only be mediated: they are split off (patent law, art. 65)."""
        decided, mediated = claims.parted(self.requests.data or [])
        if not decided or not mediated:
            return []
        return [
            _l(
                "“%(items)s”只能调解，不在裁决的范围；本局会另行告知怎样请求调解。裁决的事项是：%(decided)s。",
                items=listed(mediated),
                decided=listed(decided),
            )
        ]

    def prefill(self) -> dict[str, Any]:
        """Who acts for one organisation alone asks in its name."""
        own = self.known.get("organizations") or []
        return {"requester_organization": own[0][0]} if len(own) == 1 else {}

    def check_together(self) -> None:
        """The number must fit the right; somebody must ask, and for what can be decided; nobody is named twice."""
        check_right_number(self, self.right_type.data)
        if self.requests.data and not claims.parted(self.requests.data)[0]:
            self.refuse(
                "requests",
                _l("赔偿、赔礼道歉等只能调解，不能裁决；请写明要求停止的行为，只请求赔偿的请改为请求调解"),
            )
        if "requester_organization" not in self and self.co_requesters.blank:
            self.refuse("co_requesters", _l("请填写请求人"))
        refuse_named_twice(self)
