"""What the programme leaves open, and what the office does until it decides otherwise: each with its reason.

The questions are those of the programme's own text (part 2 and its comparison with the city instruments behind it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.awards.grants import Rounding
from app.domain.labelled import Labelled


class CountedYear(Labelled):
    """The year whose cap an application counts towards."""

    APPLICATION = "application", "申报之日所在年度"
    TRANSACTION = "transaction", "合同或者保险单签订之日所在年度"
    PAYMENT = "payment", "拨付之日所在年度"


class Overlap(Labelled):
    """What happens where one honour was given at several levels in a year."""

    FLAG = "flag", "提示审核人员，由其决定"
    HIGHEST = "highest", "只给予最高的一项"
    BOTH = "both", "各项都给予"


class Upgrade(Labelled):
    """What a unit gets that rises from one title to a higher one."""

    FULL = "full", "按新称号全额"
    DIFFERENCE = "difference", "只补差额"


class OverBudget(Labelled):
    """What happens where a batch comes to more than its budget."""

    PRORATA = "prorata", "全部按同一比例核减"
    WAIT = "wait", "不予批准，待追加预算"


class Members(Labelled):
    """Whether an award presupposes membership of the roster."""

    OPEN = "open", "不要求在培优名录内"
    MEMBERS = "members", "只限培优名录内的单位"


class Branches(Labelled):
    """Whose cap a branch counts towards."""

    SEPARATE = "separate", "总公司与分支机构分别计算"
    TOGETHER = "together", "合并计算"


class AgencyBranches(Labelled):
    """Which branches of one brand agency are supported."""

    EACH = "each", "每个分支机构各一次"
    ONE = "one", "同一总公司只一个分支机构"


class FirstRecognition(Labelled):
    """What the first recognition of a well-known mark is."""

    MARK = "mark", "每件商标终身一次"
    OWNER = "owner", "每个权利人终身一次"


class Freed(Labelled):
    """Whether what was taken back may be granted again in the same year."""

    FREES = "frees", "退回年度额度和预算"
    KEEPS = "keeps", "不退回"


@dataclass(frozen=True, slots=True)
class Option:
    """A question that is open: its key, what is asked, the answers, the one that holds without a choice, and why it does.

    ``answers`` is a class of words, or the least and the greatest number of days.
    """

    key: str
    asked: str
    default: str | int
    reason: str
    answers: type[Labelled] | tuple[int, int]

    def knows(self, value: object) -> bool:
        """Say whether ``value`` is one of the answers."""
        if isinstance(self.answers, tuple):
            least, most = self.answers
            return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return value in set(self.answers)


def _by_key(*options: Option) -> Mapping[str, Option]:
    return MappingProxyType({option.key: option for option in options})


OPTIONS = _by_key(
    Option(
        "award.year",
        "“同一年度”按哪一天所在的年度计算",
        CountedYear.APPLICATION.value,
        "方案写“同一年度”，没有写是哪一年；申报之日最容易查明，也与预算年度一致",
        CountedYear,
    ),
    Option(
        "award.rounding",
        "按比例计算的金额怎样取整",
        Rounding.YUAN.value,
        "方案没有写；财政拨付以元为单位，舍去尾数不会超出标准",
        Rounding,
    ),
    Option(
        "award.overlap",
        "同一年度获国家、省、市多级荣誉的",
        Overlap.FLAG.value,
        "方案没有写；市工业产品质量提升扶持办法 2023 年修订草案拟就高不重复，尚非生效文件，所以只作提示",
        Overlap,
    ),
    Option(
        "award.upgrade",
        "国家知识产权优势企业升为示范企业的",
        Upgrade.FULL.value,
        "方案对两个称号分别写明金额，没有写扣减已获的资助",
        Upgrade,
    ),
    Option(
        "award.over_budget",
        "一批的金额超过预算的",
        OverBudget.PRORATA.value,
        "方案没有写；按比例核减对各单位一致，是同类资金常见的做法",
        OverBudget,
    ),
    Option(
        "award.members",
        "是否只限培优名录内的单位申报",
        Members.OPEN.value,
        "奖励的条文没有这一条件；方案只对企业运营类专利导航写“名录内的企业”",
        Members,
    ),
    Option(
        "award.branches",
        "总公司与分支机构的年度上限",
        Branches.SEPARATE.value,
        "方案写“同一单位或个人”；分支机构有自己的统一社会信用代码",
        Branches,
    ),
    Option(
        "award.agency_branches",
        "同一品牌服务机构有几个分支机构在佛山的",
        AgencyBranches.EACH.value,
        "方案写“分支机构一次性资助”，没有限制个数",
        AgencyBranches,
    ),
    Option(
        "award.first_recognition",
        "驰名商标“首次”认定指什么",
        FirstRecognition.MARK.value,
        "方案写“每件奖励”，所以按商标计算首次",
        FirstRecognition,
    ),
    Option(
        "award.reversed",
        "批准后、拨付前撤销的金额",
        Freed.FREES.value,
        "没有拨付，预算和年度额度没有用去",
        Freed,
    ),
    Option(
        "award.clawed_back",
        "拨付后追回的金额",
        Freed.KEEPS.value,
        "因弄虚作假追回的，当年不再给予同一单位同一奖项的资助",
        Freed,
    ),
    Option(
        "award.notice_days",
        "公示几个工作日",
        5,
        "方案写公示而没有写期限；广州市同类资金公示 5 个工作日，首尾两日都计算在内",
        (5, 30),
    ),
    Option(
        "award.secondary_days",
        "容缺受理的材料在几个工作日内补齐",
        10,
        "广东省优化营商环境条例第三十二条要求一次告知补交的材料和期限，没有写日数",
        (1, 30),
    ),
    Option(
        "award.confirm_days",
        "免申即享的单位在几个工作日内确认",
        10,
        "方案没有写；两周足以核对名称、金额和账户",
        (3, 60),
    ),
)
