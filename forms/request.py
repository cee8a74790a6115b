"""The request that opens a mediation (D42, D02, D03): who asks whom, about which right, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain import identifiers
from app.domain.disputes import PATENT_RIGHTS, DisputeKind, RightType, Standing
from forms.base import Entry, Questions, TaskForm
from forms.choices import OneField, PickField, from_fact, labelled, worded
from forms.fields import FilesField, IdentifierField, LinesField, TextBlock, TextField, TickField
from forms.parsed import MoneyField, WholeField
from forms.registry import task_form
from forms.rights import patent_reader
from forms.rows import RowsField
from forms.text import Said

NUMBERED = "|".join(sorted({*PATENT_RIGHTS, RightType.TRADEMARK}))


class PartyEntry(Entry):
    """A party that is named in the request."""

    kind = OneField(
        _l("类型"),
        worded(
            enterprise=_l("企业"),
            institution=_l("事业单位、社会组织"),
            individual=_l("自然人、个体工商户经营者"),
            foreign=_l("境外单位（含港澳台）"),
        ),
        default="enterprise",
        required=_l("请选择当事人的类型"),
    )
    name = TextField(_l("名称或者姓名"), required=_l("请填写当事人的全称或者姓名"), description=_l("与证照一致的全称"))
    uscc = IdentifierField(
        _l("统一社会信用代码"),
        reader=identifiers.uscc,
        when="kind=enterprise|institution",
        required=_l("请填写 18 位统一社会信用代码，可在营业执照上找到"),
    )
    country = TextField(
        _l("国家或者地区"),
        max_length=60,
        when="kind=foreign",
        required=_l("请填写登记注册的国家或者地区"),
        description=_l("例如美国、中国香港"),
    )
    foreign_number = IdentifierField(
        _l("境外登记号码"),
        reader=identifiers.foreign_number,
        when="kind=foreign",
        required=_l("请填写当地登记机关给予的号码"),
        description=_l("公司注册号、商业登记号等，见当地的登记证书"),
    )
    resident_id = IdentifierField(
        _l("居民身份证号"),
        reader=identifiers.resident_id,
        mask="resident_id",
        when="kind=individual",
        description=_l("加密保存，只在办案需要时显示"),
    )
    legal_representative = TextField(
        _l("法定代表人或者负责人"), max_length=80, when="kind=enterprise|institution|foreign"
    )
    address = TextField(_l("住所"), max_length=300, required=_l("请填写住所，文书将送到这里"))
    postcode = IdentifierField(_l("邮政编码"), reader=identifiers.postcode, max_length=12)
    phone = IdentifierField(
        _l("联系电话"),
        reader=identifiers.phone,
        mask="phone",
        description=_l("手机号码，或者带区号的固定电话，例如 0757-83123456"),
    )
    email = IdentifierField(_l("电子邮箱"), reader=identifiers.email, mask="email", max_length=200)


class AgentFields(Questions):
    """Who acts for a party, and how far the power of attorney goes (D03)."""

    name = TextField(_l("代理人姓名"), max_length=80, required=_l("请填写代理人姓名"))
    firm = TextField(_l("代理机构或者单位"))
    username = TextField(
        _l("代理人在本平台的用户名"),
        max_length=80,
        description=_l("填写后，代理人可以登录办理；没有的不填，之后可以邀请"),
    )
    special = TickField(
        _l("特别授权"), description=_l("可以代为承认、放弃、变更请求，进行和解、确认调解协议；不勾选的为一般授权")
    )


class AgentEntry(AgentFields, Entry):
    """An agent that is named in the request."""

    files = FilesField(_l("授权委托书"), description=_l("写明代理权限，由委托人签名或者盖章"))


class EvidenceEntry(Entry):
    """A piece of evidence, as a line of the evidence list (D02)."""

    title = TextField(_l("证据名称"), required=_l("请填写证据名称"))
    proves = TextBlock(_l("所要说明的事实"), max_length=1000)
    pages = WholeField(_l("页数"), least=1)
    files = FilesField(_l("证据文件"))


@task_form("mediation_request")
class MediationRequest(TaskForm):
    """Ask the office to mediate."""

    title = _l("知识产权纠纷调解请求")
    intro = _l("请写明各方当事人、权利、请求调解的事项和理由。提交后，本局在 5 个工作日内送达被请求人。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第十二条、第六十三条、第六十四条。")
    law = _l("请求调解商标侵权赔偿数额的，依据是《中华人民共和国商标法》第六十条（2027 年 1 月 1 日起为第七十四条）。")
    submit_label = _l("提交请求")
    sections = (
        (_l("请求人"), ("requester_organization", "co_requesters")),
        (_l("被请求人"), ("respondents",)),
        (_l("权利"), ("right_type", "right_number", "right_name", "right_holder", "standing")),
        (_l("事实与请求"), ("dispute_kind", "major", "requests", "amount_claimed", "only_damages", "facts")),
        (_l("代理人"), ("agents",)),
        (_l("证据与材料"), ("evidence", "identity_files", "right_files")),
        (_l("送达与声明"), ("e_service", "no_suit")),
    )
    rules = (
        _l("专利号、商标注册号应与权利类型相符。"),
        _l("至少有一名请求人；同一当事人只填写一次。"),
        _l("专利侵权纠纷单独请求调解赔偿数额的，应当上传认定侵权成立的决定书副本。"),
        _l("临时保护期使用费的纠纷，限于发明专利，在专利权授予后提出。"),
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
        PartyEntry, _l("被请求人"), least=1, most=10, required=_l("请填写被请求人"), description=_l("对方当事人")
    )
    right_type = OneField(_l("权利类型"), labelled(RightType), required=_l("请选择权利类型"))
    right_number = TextField(
        _l("专利号、注册号或者登记号"),
        max_length=60,
        required=_l("请填写专利号或者商标注册号"),
        required_when=f"right_type={NUMBERED}",
        description=_l("专利号如 ZL 2023 3 0418812.8；没有编号的权利可以不填"),
    )
    right_name = TextField(
        _l("权利名称"), required=_l("请填写权利名称"), description=_l("专利名称、商标图样的文字、作品名称等")
    )
    right_holder = TextField(_l("权利人"), required=_l("请填写权利证书上的权利人"))
    standing = OneField(_l("请求人与权利的关系"), labelled(Standing), required=_l("请选择请求人与权利的关系"))
    dispute_kind = OneField(_l("纠纷类型"), labelled(DisputeKind), required=_l("请选择纠纷类型"))
    major = TickField(
        _l("属于重大纠纷"), description=_l("涉及重大公共利益、严重影响行业发展，或者跨省级行政区域的专利侵权纠纷")
    )
    requests = LinesField(
        _l("请求调解的事项"),
        most=10,
        required=_l("请写明请求调解的事项，一行一项"),
        description=_l("一行一项，例如：赔偿经济损失 18 万元"),
    )
    amount_claimed = MoneyField(_l("请求金额（元）"), description=_l("可以写成 180000 或者 18万；没有金额的不填"))
    only_damages = TickField(_l("只请求调解赔偿数额"), description=_l("专利侵权纠纷须有认定侵权成立的决定"))
    decision_files = FilesField(
        _l("认定侵权成立的决定书副本"),
        when="only_damages",
        description=_l("专利侵权纠纷单独请求调解赔偿数额的，必须上传"),
    )
    facts = TextBlock(
        _l("事实和理由"),
        min_length=20,
        max_length=10_000,
        required=_l("请写明纠纷的事实和请求的理由"),
        description=_l("何时、何地、何人、做了什么，为什么请求调解"),
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
        _l("权利证明"),
        required=_l("请上传权利证明，例如专利登记簿副本、商标注册证"),
        description=_l("专利登记簿副本、商标注册证、登记证书等，应能看出权利现在有效，例如年费已缴、注册没有到期"),
    )
    e_service = TickField(_l("同意电子送达"), description=_l("文书通过本平台和电子邮件送达，到达即为送达"))
    no_suit = TickField(
        _l("声明：各方均未就该纠纷起诉，也没有约定其他解决方式"),
        required=_l("已经起诉或者约定了仲裁等其他解决方式的，不能请求调解；没有的请勾选声明"),
    )

    @property
    def basis(self) -> Said:
        """Return both texts: which right it is about is still to be said."""
        return f"{self.patent_law} {self.law}"

    def prefill(self) -> dict[str, Any]:
        """Who acts for one organisation alone asks in its name."""
        own = self.known.get("organizations") or []
        return {"requester_organization": own[0][0]} if len(own) == 1 else {}

    def check_together(self) -> None:
        """The number must fit the right; somebody must ask; nobody is named twice."""
        check_right_number(self, self.right_type.data)
        needs_decision = self.holds("only_damages") and self.right_type.data in PATENT_RIGHTS
        if needs_decision and self.decision_files.blank:
            self.refuse("decision_files", _l("单独请求调解专利侵权赔偿数额的，请上传认定侵权成立的决定书副本"))
        if self.dispute_kind.data == DisputeKind.PROVISIONAL_FEE and self.right_type.data != RightType.INVENTION:
            self.refuse("dispute_kind", _l("只有发明专利有临时保护期使用费的纠纷，请核对权利类型和纠纷类型"))
        if "requester_organization" not in self and self.co_requesters.blank:
            self.refuse("co_requesters", _l("请填写请求人"))
        refuse_named_twice(self)


def refuse_named_twice(form: Any) -> None:
    """Put a refusal beside each party that stands twice among those who ask and those who are asked."""
    own = form._fields.get("requester_organization")
    seen: set[tuple[str, ...]] = {("name", str(own.offered.get(own.data)))} if own is not None else set()
    for rows in (form.co_requesters, form.respondents):
        for row in rows.filled:
            marks = set(_marks(row.form))
            if marks & seen:
                row.form.refuse("name", _l("%(name)s 被填写了两次", name=row.form.name.data))
            seen |= marks


def _marks(party: Any) -> Iterator[tuple[str, ...]]:
    """Yield by what a party is known again. Two people may share a name, two organisations may not."""
    name, individual = party.name.data, party.kind.data == "individual"
    foreign = party.kind.data == "foreign"
    number = party.resident_id.data if individual else party.foreign_number.data if foreign else party.uscc.data
    if number:
        yield ("number", number, party.country.data or "" if foreign else "")
    if name and not individual:
        yield ("name", name)
    if name and individual and not number:
        yield ("person", name, party.phone.data or "")


def check_right_number(form: Questions, right_type: str | None) -> None:
    """Bring the number of a patent, a trademark or a registered work into its one form, or say what is wrong with it."""
    if not form["right_number"].data or form["right_number"].errors:
        return
    patent = next((right for right in PATENT_RIGHTS if right == right_type), None)
    if patent is not None:
        form.read_as("right_number", patent_reader(patent))
    elif right_type == RightType.TRADEMARK:
        form.read_as("right_number", identifiers.trademark_number)
    elif right_type in (RightType.COPYRIGHT, RightType.SOFTWARE):
        form.read_as("right_number", identifiers.copyright_number)
