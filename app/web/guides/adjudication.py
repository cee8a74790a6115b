"""The guide to the adjudication of a patent infringement."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain import statute
from app.web.guides.guide import NONE, UNSET, Guide, Material, Step

ADJUDICATION = Guide(
    key="adjudication",
    title=_l("专利侵权纠纷行政裁决"),
    summary=_l("由合议组审理，认定侵权成立的，责令立即停止侵权行为；赔偿数额可以另行请求调解。"),
    start="adjudication",
    who=(
        _l("专利权人及其继承人"),
        _l("独占被许可人；权利人不请求时的排他被许可人；有合同约定或者单独授权的普通被许可人"),
    ),
    conditions=(
        _l("请求人是专利权人或者利害关系人"),
        _l("有明确的被请求人"),
        _l("有明确的请求事项和具体的事实、理由，写明主张的权利要求"),
        _l("属于本局受案范围和管辖：被请求人住所地或者侵权行为地在本市"),
        _l("各方均未就该纠纷起诉，也没有约定其他解决方式"),
        _l("一件请求只涉及一项专利、一名被请求人"),
    ),
    not_taken=(
        _l("赔偿损失、赔礼道歉等，本局不能裁决，可以请求调解或者向人民法院起诉"),
        _l("商标、著作权等其他权利的侵权纠纷，由有关机关依法处理"),
        _l("全国有重大影响的专利侵权纠纷，转送国家知识产权局"),
        _l("专利权是否有效的争议，请向国家知识产权局请求宣告无效"),
    ),
    materials=(
        Material(name=_l("专利侵权纠纷处理请求书"), note=_l("在线填写；请求停止的行为、主张的权利要求要写明")),
        Material(name=_l("主体资格证明"), note=_l("单位：营业执照和法定代表人身份证明；个人：居民身份证")),
        Material(name=_l("专利登记簿副本"), note=_l("证明专利权有效；利害关系人另附许可合同、授权书等")),
        Material(name=_l("专利权评价报告"), note=_l("实用新型、外观设计专利，按要求提交")),
        Material(name=_l("证据和证据清单"), note=_l("逐件写明名称、页数和所要说明的事实")),
        Material(name=_l("授权委托书"), note=_l("委托代理人的需要；撤回请求、和解须有特别授权")),
    ),
    steps=(
        Step(name=_l("提出请求"), who=_l("请求人"), statutory=NONE, promised=_l("提交后立即给出受理号")),
        Step(
            name=_l("立案审查"),
            who=_l("受理人员、处（科）室负责人、部门负责人"),
            statutory=_l(
                "收到请求书之日起 %(n)s 个工作日内立案或者不予受理，特别复杂的可以延长 5 个工作日（令81 第20条）",
                n=statute.length("adjudication.docket"),
            ),
            promised=UNSET,
        ),
        Step(
            name=_l("送达与答辩"),
            who=_l("受理人员、被请求人"),
            statutory=_l(
                "立案之日起 %(serve)s 个工作日内送达；收到之日起 %(answer)s 日内答辩，境内没有固定住所的为 30 日（令81 第22条）",
                serve=statute.length("adjudication.serve"),
                answer=statute.length("adjudication.answer"),
            ),
            promised=UNSET,
        ),
        Step(
            name=_l("举证与调查"),
            who=_l("各方当事人、合议组"),
            statutory=_l("举证期限不少于 %(n)s 日（令81 第54条）", n=statute.length("evidence.period")),
            promised=UNSET,
        ),
        Step(
            name=_l("口头审理或者书面审理"),
            who=_l("合议组、各方当事人"),
            statutory=_l("口头审理至少提前 %(n)s 个工作日通知（令81 第26条）", n=statute.length("hearing.notice")),
            promised=UNSET,
        ),
        Step(
            name=_l("合议与裁决"),
            who=_l("合议组、部门负责人"),
            statutory=_l(
                "立案之日起 %(n)s 个月内结案，可以延长；中止、公告、鉴定等时间不计入（令81 第37条）",
                n=statute.length("adjudication.close"),
            ),
            promised=_l("%(n)s 日内裁决", n=statute.length("fast.adjudication")),
        ),
        Step(
            name=_l("送达、公开与执行"),
            who=_l("受理人员、合议组"),
            statutory=_l(
                "%(n)s 个工作日内公开（令81 第83条）；不服裁决的，收到之日起 %(sue)s 日内起诉，诉讼期间不停止执行",
                n=statute.length("adjudication.publish"),
                sue=statute.length("adjudication.sue"),
            ),
            promised=UNSET,
        ),
    ),
    fee=_l("不收费；检验鉴定的费用按裁决承担。"),
    result=(
        _l("认定侵权成立：行政裁决书，责令停止侵权行为"),
        _l("侵权不成立：行政裁决书，驳回请求"),
        _l("不予受理、撤销案件、移送：书面通知或者决定，写明理由和救济途径"),
    ),
    basis=(
        _l("《中华人民共和国专利法》第六十五条、第七十条"),
        _l("《中华人民共和国专利法实施细则》（2023 年修订）第九十五条至第一百零二条"),
        _l("《专利纠纷行政裁决和调解办法》（国家知识产权局令第81号，2025 年 2 月 1 日起施行）"),
        _l("2025 年 2 月 1 日以前收到的请求，适用《专利行政执法办法》（局令第71号）"),
    ),
    complaint=_l(
        "对办理的时限、态度或者程序有意见的，可以向本局督办人员反映，也可以拨打 12345 政务服务便民热线；"
        "认为合议组成员与案件有利害关系的，可以在案件页面申请回避。"
    ),
)
