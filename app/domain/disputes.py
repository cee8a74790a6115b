"""The words of every dispute: rights, what is disputed, who may ask whom, who decides, how papers are served (order 81)."""

from __future__ import annotations

from app.domain.labelled import Labelled


class RightType(Labelled):
    """What right the dispute is about."""

    INVENTION = ("invention", "发明专利")
    UTILITY_MODEL = ("utility_model", "实用新型专利")
    DESIGN = ("design", "外观设计专利")
    TRADEMARK = ("trademark", "商标")
    GEOGRAPHICAL_INDICATION = ("geographical_indication", "地理标志")
    TRADE_SECRET = ("trade_secret", "商业秘密")
    COPYRIGHT = ("copyright", "作品著作权")
    SOFTWARE = ("software", "计算机软件著作权")
    PLANT_VARIETY = ("plant_variety", "植物新品种")
    LAYOUT_DESIGN = ("layout_design", "集成电路布图设计")


PATENT_RIGHTS = frozenset({RightType.INVENTION, RightType.UTILITY_MODEL, RightType.DESIGN})


def written_number(right: str, number: str) -> str:
    """Return the number of a right as papers and pages quote it: that of a granted patent begins with ``ZL``."""
    return f"ZL {number}" if number and right in PATENT_RIGHTS else number


class DisputeKind(Labelled):
    """What the dispute is (patent law implementing rules 2023, art. 102; order 81, art. 63)."""

    INFRINGEMENT = ("infringement", "侵权")
    OWNERSHIP = ("ownership", "申请权或者权利归属")
    INVENTORSHIP = ("inventorship", "发明人、设计人资格")
    SERVICE_REWARD = ("service_reward", "职务发明奖励报酬")
    PROVISIONAL_FEE = ("provisional_fee", "临时保护期使用费")
    VALIDITY = ("validity", "权利有效性")
    OTHER = ("other", "其他纠纷")


class Standing(Labelled):
    """On what ground somebody asks (order 81, art. 12)."""

    HOLDER = ("holder", "权利人")
    EXCLUSIVE_LICENSEE = ("exclusive_licensee", "独占被许可人")
    SOLE_LICENSEE = ("sole_licensee", "排他被许可人")
    NONEXCLUSIVE_LICENSEE = ("nonexclusive_licensee", "普通被许可人（有授权）")
    HEIR = ("heir", "继承人")
    INVENTOR = ("inventor", "发明人或者设计人")
    CLAIMANT = ("claimant", "主张权利的人")


class Competence(Labelled):
    """Who is to deal with a dispute."""

    OURS = ("ours", "本局受理")
    TRANSFER = ("transfer", "转送有权机关")
    NOT_MEDIABLE = ("not_mediable", "不属于行政调解范围")


class Authority(Labelled):
    """Bodies a request may be sent to (Guangdong IP protection regulation, art. 4; patent law, art. 70)."""

    COPYRIGHT_OFFICE = ("copyright_office", "佛山市版权局（市委宣传部）")
    AGRICULTURE_FORESTRY = ("agriculture_forestry", "农业农村、林业主管部门")
    CNIPA = ("cnipa", "国家知识产权局（经省局）")
    COURT = ("court", "有管辖权的人民法院")
    OTHER_CITY = ("other_city", "有管辖权的其他市知识产权局")


class RefusalReason(Labelled):
    """Why a request is not accepted (order 81, arts. 12 and 64); ticked on the notice."""

    NO_STANDING = ("no_standing", "请求人不是权利人或者利害关系人")
    NO_RESPONDENT = ("no_respondent", "没有明确的被请求人")
    NO_FACTS = ("no_facts", "没有明确的请求事项和具体事实、理由")
    NOT_COMPETENT = ("not_competent", "不属于本局受案范围和管辖")
    IN_COURT = ("in_court", "当事人已就该纠纷起诉、申请仲裁或者约定其他解决方式")
    NO_DECISION = ("no_decision", "单独请求调解赔偿数额，未附认定侵权成立的决定")
    UNCORRECTED = ("uncorrected", "逾期未补正，或者补正后仍不符合要求")
    OTHER = ("other", "其他")


class RecusalGround(Labelled):
    """Why a mediator should step aside (order 81, art. 5)."""

    PARTY_OR_RELATIVE = ("party_or_relative", "是当事人或者代理人的近亲属")
    INTEREST = ("interest", "与本案有利害关系")
    WAS_AGENT = ("was_agent", "担任过本案的代理人、鉴定人或者审查员")
    OTHER_RELATION = ("other_relation", "与当事人有其他关系，可能影响公正办理")
    IMPROPER_CONTACT = ("improper_contact", "接受请客送礼或者私下会见当事人")
    OWN_REQUEST = ("own_request", "本人申请回避")


class RecusalCapacity(Labelled):
    """As what somebody is asked to step aside: as who holds the case, or as one of those who help (order 81, art. 5)."""

    HOLDER = ("holder", "调解员、合议组成员")
    RECORDER = ("recorder", "书记员")
    APPRAISER = ("appraiser", "鉴定人")
    OTHER = ("other", "翻译人员、技术调查官等")


class ServiceMethod(Labelled):
    """How a paper is served (order 81, art. 10)."""

    DIRECT = ("direct", "直接送达")
    LEFT = ("left", "留置送达")
    POST = ("post", "邮寄送达")
    NOTICE = ("notice", "公告送达")
    ELECTRONIC = ("electronic", "电子送达")


class LinkNature(Labelled):
    """Why two cases belong together."""

    SAME_RIGHT = ("same_right", "涉及同一权利")
    SAME_PARTIES = ("same_parties", "当事人相同")
    SAME_FACTS = ("same_facts", "基于同一事实")
    FOLLOWS = ("follows", "先后程序")
