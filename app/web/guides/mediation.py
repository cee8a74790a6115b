"""The guide to fast mediation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain import statute
from app.web.guides.guide import NONE, UNSET, Guide, Material, Step

MEDIATION = Guide(
    key="mediation",
    title=_l("知识产权纠纷快速调解"),
    summary=_l("各方愿意谈的，由调解员主持，达成协议后盖章签发，可以共同申请法院司法确认。"),
    start="mediation",
    who=(
        _l("专利权人、商标注册人等权利人"),
        _l("利害关系人：独占被许可人；权利人不请求时的排他被许可人；经授权的普通被许可人；权利人的继承人"),
        _l("职务发明奖励报酬、发明人资格纠纷中的发明人或者设计人；权属纠纷中主张权利的人"),
    ),
    conditions=(
        _l("请求人是权利人或者利害关系人"),
        _l("有明确的被请求人"),
        _l("有明确的请求事项和具体的事实、理由"),
        _l("属于本局受案范围和管辖"),
        _l("各方均未就该纠纷起诉，也没有约定仲裁等其他解决方式"),
        _l("单独请求调解侵权赔偿数额的，附认定侵权成立的决定书副本"),
    ),
    not_taken=(
        _l("权利是否有效的争议，请向国家知识产权局请求宣告无效"),
        _l("著作权、植物新品种、集成电路布图设计等由其他主管机关负责的，本局会告知或者转送"),
        _l("已经起诉或者申请仲裁的，请在原程序中解决"),
    ),
    materials=(
        Material(
            name=_l("调解请求书"),
            note=_l("在线填写，写明各方的名称、住所和联系方式，请求事项、事实和理由；被请求人有几人都要写全"),
        ),
        Material(name=_l("主体资格证明"), note=_l("单位：营业执照和法定代表人身份证明；个人：居民身份证")),
        Material(name=_l("权利证明"), note=_l("专利登记簿副本、商标注册证、登记证书等；利害关系人另附许可合同等")),
        Material(name=_l("证据和证据清单"), note=_l("逐件写明名称、页数和所要说明的事实；没有的可以不附")),
        Material(name=_l("授权委托书"), note=_l("委托代理人的需要；承认、放弃、变更请求和签署协议须有特别授权")),
        Material(name=_l("认定侵权成立的决定书副本"), note=_l("只请求调解赔偿数额的需要")),
    ),
    steps=(
        Step(
            name=_l("提出请求"),
            who=_l("请求人"),
            statutory=NONE,
            promised=_l("提交后立即给出受理号"),
        ),
        Step(
            name=_l("形式审查"),
            who=_l("受理人员"),
            statutory=_l("材料不全的，一次告知全部补正内容和期限（令81 第16条）"),
            promised=_l(
                "%(n)s 个工作日内分流；补正期限一般为 %(days)s 日",
                n=statute.length("fast.triage"),
                days=statute.length("mediation.correction"),
            ),
        ),
        Step(
            name=_l("送达被请求人"),
            who=_l("受理人员"),
            statutory=_l(
                "收到请求书之日起 %(n)s 个工作日（令81 第65条）",
                n=statute.length("mediation.serve"),
            ),
            promised=_l(
                "%(n)s 个工作日内联络各方",
                n=statute.length("fast.contact"),
            ),
        ),
        Step(
            name=_l("意见陈述"),
            who=_l("被请求人"),
            statutory=_l(
                "收到之日起 %(n)s 日；不答复的视为不同意调解（令81 第65条）", n=statute.length("mediation.statement")
            ),
            promised=UNSET,
        ),
        Step(
            name=_l("不予立案（不同意调解或者逾期未答复的）"),
            who=_l("受理人员"),
            statutory=_l(
                "陈述期满或者收到不同意调解的意见之日起 %(n)s 个工作日内通知请求人（令81 第66条）",
                n=statute.length("mediation.refuse"),
            ),
            promised=UNSET,
        ),
        Step(
            name=_l("立案、指定调解员"),
            who=_l("受理人员"),
            statutory=_l(
                "收到同意调解的意见之日起 %(n)s 个工作日内立案，并通知调解的时间、地点（令81 第66条）",
                n=statute.length("mediation.docket"),
            ),
            promised=UNSET,
        ),
        Step(
            name=_l("调解会"),
            who=_l("调解员、各方当事人"),
            statutory=_l(
                "权属纠纷立案后 %(n)s 个月内结案，可以延长 1 个月（令81 第70条）；其他纠纷没有规定",
                n=statute.length("mediation.ownership_close"),
            ),
            promised=_l(
                "%(n)s 个工作日内首次调解，%(all)s 个工作日内调解终结；送达、回避、和解的时间不计入",
                n=statute.length("fast.first_session"),
                all=statute.length("fast.finish"),
            ),
        ),
        Step(
            name=_l("确认、签发协议"),
            who=_l("各方当事人、部门负责人"),
            statutory=NONE,
            promised=_l("各方确认后即签发并送达"),
        ),
        Step(
            name=_l("司法确认（自愿）"),
            who=_l("各方当事人共同向人民法院申请"),
            statutory=_l(
                "协议生效之日起 %(n)s 日（民事诉讼法第205条）",
                n=statute.length("confirmation.apply"),
            ),
            promised=UNSET,
        ),
    ),
    fee=_l("不收费。"),
    result=(
        _l("达成协议：调解协议书，由各方签名盖章，加盖本局公章"),
        _l("未达成协议：撤销案件通知书；可以向人民法院起诉，专利侵权纠纷还可以请求行政裁决"),
        _l("不予受理、不予立案：书面通知，写明理由和救济途径"),
    ),
    basis=(
        _l("《中华人民共和国专利法》第六十五条"),
        _l("《中华人民共和国商标法》第六十条（2027 年 1 月 1 日起为第七十四条）"),
        _l("《中华人民共和国专利法实施细则》（2023 年修订）第一百零二条"),
        _l(
            "《专利纠纷行政裁决和调解办法》（国家知识产权局令第81号，2025 年 2 月 1 日起施行）"
            "第五条、第十条、第十二条、第十六条、第三十五条、第六十三条至第七十条"
        ),
        _l("2025 年 2 月 1 日以前收到的请求，适用《专利行政执法办法》（局令第71号）"),
        _l("《中华人民共和国民事诉讼法》（2023 年修正）第二百零五条"),
    ),
    complaint=_l(
        "对办理的时限、态度或者程序有意见的，可以向本局督办人员反映，也可以拨打 12345 政务服务便民热线；"
        "认为调解员与案件有利害关系的，可以在案件页面申请回避。"
    ),
)
