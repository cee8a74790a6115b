"""Facts for the papers of an adjudication: as full as a case gives them."""

from __future__ import annotations

from typing import Any

REQUESTER_NAME = "佛山市顺德区美力智能厨房电器制造有限公司"
RESPONDENT_NAME = "中山市欧倍克五金塑料制品厂（普通合伙）"

IN_COMMON: dict[str, Any] = {
    "process": "adjudication",
    "case_number": "佛知裁〔2026〕31号",
    "number": "佛知裁〔2026〕31-9号",
    "cause": "实用新型专利侵权纠纷",
    "docketed_on": "2026-10-14",
    "panel": {"presiding": "林建华", "members": ["林建华", "何伟杰", "欧阳慕容晓岚"], "recorder": "李雅文"},
    "claims": "权利要求1、3",
}
FORM = {"number": None, "to": []}
_DECISION = {"decision_number": "佛知裁〔2026〕31-21号", "decision_on": "2026-12-30"}
_CHAIN = {
    "section_opinion": "同意承办人意见，报部门负责人审批。",
    "section_head": "彭少华",
    "reviewed_on": "2026-10-13",
    "director_opinion": "同意。",
    "director": "林建华",
    "decided_on": "2026-10-14",
}
_THING = {
    "name": "集成灶整机",
    "model": "OBK-900（自清洁款）",
    "quantity": "2 台",
    "price": "3680.00 元",
    "kept_at": "被取证人成品仓库 A 区",
    "note": "外包装完好",
}
_GROUNDS_OF_SUSPENSION = [
    "实用新型、外观设计专利的无效宣告请求已被受理",
    "一方当事人死亡，需要等待继承人表明是否参加处理",
    "一方当事人丧失民事行为能力，尚未确定法定代理人",
    "作为一方当事人的法人或者其他组织终止，尚未确定权利义务承受人",
    "一方当事人因不可抗力不能参加处理",
    "本案的处理须以另一案的审理结果为依据，而另一案尚未审结",
    "有关问题须报上级机关明确",
]
_SUSPENDED = {
    "ground": _GROUNDS_OF_SUSPENSION[0],
    "grounds": [{"label": label, "ticked": n == 0} for n, label in enumerate(_GROUNDS_OF_SUSPENSION)],
    "reason": "国家知识产权局已于 2026 年 10 月 26 日受理被请求人就涉案专利提出的无效宣告请求。",
    "from": "2026-11-04",
}
_GROUNDS_OF_CANCELLATION = {
    "conditions": "立案后发现不符合受理条件",
    "requester_withdrew": "请求人撤回处理请求",
    "unclear_claims": "经释明，请求人仍不明确所主张的权利要求",
    "settled": "当事人达成和解",
    "deemed_withdrawn": "按撤回处理请求处理",
    "other": "其他应当撤销案件的情形",
}
LONG = (
    "被控产品的烟道由进烟口、导流板、自清洁喷淋组件和集油槽依次连接而成，喷淋组件由控制装置按设定的时间启动。"
    "经与权利要求 1 逐项比对，被控产品具有权利要求 1 记载的全部技术特征；喷淋组件与导流板的连接方式虽有不同，"
    "但属于以基本相同的手段，实现基本相同的功能，达到基本相同的效果，且本领域普通技术人员无需创造性劳动即能联想到。"
)
SCRIPT = [
    ("核对身份", "书记员核对到庭人员的身份和代理权限。双方对对方到庭人员的身份和代理权限均无异议。"),
    ("宣布纪律", "书记员宣布审理纪律：未经许可不得录音、录像、摄影，不得随意走动和发言。"),
    ("告知权利和义务", "合议组组长宣布合议组成员、书记员名单，告知双方当事人的权利和义务。双方：清楚。"),
    ("询问是否申请回避", "合议组组长：是否申请合议组成员、书记员回避？\n请求人：不申请。\n被请求人：不申请。"),
    ("主张的权利要求", "请求人：主张权利要求 1 和 3。\n被请求人：清楚。"),
    ("技术特征比对", f"请求人：{LONG}\n被请求人：喷淋组件的连接方式不同，不构成等同。"),
    ("争议焦点", "合议组归纳争议焦点：一、喷淋组件的连接方式是否等同；二、现有技术抗辩是否成立。\n双方：无异议。"),
    ("最后陈述", "请求人：坚持请求。\n被请求人：请求驳回。"),
    ("询问调解意愿", "请求人：愿意调解。\n被请求人：不愿意调解。"),
]

OWN: dict[str, dict[str, Any]] = {
    "infringement_request": {
        **FORM,
        "requests": [
            "责令被请求人停止制造、销售、许诺销售侵害涉案专利权的产品；",
            "责令被请求人销毁制造侵权产品的专用模具。",
        ],
        "mediated": ["赔偿经济损失三十万元；", "赔礼道歉。"],
        "reasons": f"请求人是涉案专利的权利人，专利至今有效。\n{LONG}",
        "standing": "权利人",
        "no_suit": True,
    },
    "docketing_approval_form": {
        **FORM,
        **_CHAIN,
        "summary": f"请求人于 2026 年 10 月 9 日提出处理请求。\n{LONG}",
        "opinion": "经审查，请求符合受理条件，建议立案，并指定林建华、何伟杰、欧阳慕容晓岚组成合议组。",
        "handler_name": "陈慧敏",
        "handled_on": "2026-10-12",
        "outcome": "docket",
    },
    "acceptance_notice": {},
    "adjudication_refusal_notice": {
        "docketed_on": None,
        "reasons": ["no_standing", "in_court"],
        "explanation": "该纠纷已由佛山市中级人民法院于 2026 年 9 月 20 日受理。",
        "suit_within": "十五日",
    },
    "evaluation_report_notice": {"days": 15, "filed_on": "2021-06-18"},
    "extension_notice": {
        "period": "办案期限",
        "until": "2027-02-14",
        "reason": "案情复杂，需要对被控产品的控制装置进行技术鉴定。",
    },
    "answer_notice": {"days": 15, "domicile": True},
    "answer_brief": {
        **FORM,
        "party": RESPONDENT_NAME,
        "grounds": ["被控产品的技术方案没有落入专利权的保护范围", "实施的是现有技术", "产品有合法来源"],
        "opinion": f"我方不构成侵权。\n{LONG}",
        "received_on": "2026-10-28",
    },
    "resign_notice": {"days": 3},
    "panel_notice": {"days": "3", "replaced": [{"out": "区颖诗", "in": "欧阳慕容晓岚"}, {"out": "李明", "in": "王芳"}]},
    "jurisdiction_objection": {
        **FORM,
        "party": RESPONDENT_NAME,
        "authority": "中山市市场监督管理局（中山市知识产权局）",
        "reason": "我方住所地和被控产品的制造地均在中山市。\n请求人主张的销售行为发生在网络平台，不能据以确定管辖。",
    },
    "jurisdiction_decision": {
        "objector": RESPONDENT_NAME,
        "requested_on": "2026-10-26",
        "upheld": True,
        "authority": "中山市市场监督管理局（中山市知识产权局）",
        "reason": "被请求人住所地、被控侵权行为实施地均在中山市，本局没有管辖权。",
    },
    "transfer_letter": {
        "to": [],
        "authority": "中山市市场监督管理局（中山市知识产权局）",
        "reason": "被请求人住所地、被控侵权行为实施地均在中山市。",
        "papers": [
            "专利侵权纠纷处理请求书及附件，共 46 页；",
            "管辖异议书，共 3 页；",
            "管辖异议决定书及送达回证，共 4 页。",
        ],
    },
    "succession_notice": {
        "was": RESPONDENT_NAME,
        "party": "佛山市顺德区承继五金有限公司",
        "reason": "原当事人经核准注销，其权利义务由该公司承受。",
    },
    "joinder_notice": {
        "party": "江门市新会区佳美五金电器制造有限公司",
        "role": "第三人",
        "reason": "该公司为被控产品的生产方，处理结果与其有利害关系。",
    },
    "hearing_notice": {
        "place": 2,
        "at": "2026-11-18T09:30:00+08:00",
        "venue": "佛山市知识产权保护中心三楼口头审理室（禅城区季华五路 22 号）",
        "online": False,
        "closed": False,
        "bring": "请携带公证封存的被控产品实物。",
    },
    "hearing_reply": {
        **FORM,
        "party": RESPONDENT_NAME,
        "attends": True,
        "why": "",
        "people": [
            {"name": "梁少芬", "unit": RESPONDENT_NAME, "post": "执行事务合伙人", "phone": "138****8001"},
            {"name": "黄建国", "unit": "广东岭南律师事务所", "post": "律师", "phone": "139****6002"},
        ],
    },
    "hearing_announcement": {
        "to": [],
        "place": 1,
        "at": "2026-11-18T09:30:00+08:00",
        "venue": "佛山市知识产权保护中心三楼口头审理室（禅城区季华五路 22 号）",
        "online": False,
    },
    "hearing_transcript": {
        **FORM,
        "place": 1,
        "at": "2026-11-18T09:30:00+08:00",
        "ended": "2026-11-18T12:05:00+08:00",
        "venue": "佛山市知识产权保护中心三楼口头审理室",
        "online": False,
        "closed": False,
        "attended": ["请求人代理人陈晓岚", "被请求人执行事务合伙人梁少芬", "被请求人代理人黄建国"],
        "absent": ["江门市新会区佳美五金电器制造有限公司（第三人，书面说明不参加）"],
        "recorder": "李雅文",
        "script": [{"heading": heading, "text": text} for heading, text in SCRIPT],
        "signed": [
            {"name": "陈晓岚", "how": "逐页签名"},
            {"name": "梁少芬", "how": "拒绝签名，书记员已注明"},
        ],
    },
    "pre_decision_notice": {
        "facts": "2026 年 8 月起，被请求人制造、销售型号为 OBK-900 的集成灶。",
        "reasons": LONG,
        "basis": "《中华人民共和国专利法》第十一条第一款、第六十四条第一款、第六十五条。",
        "days": 10,
    },
    "pre_decision_comment": {**FORM, "party": RESPONDENT_NAME, "comment": f"不同意拟作出的认定。\n{LONG}"},
    "suspension_application": {
        **FORM,
        "party": RESPONDENT_NAME,
        "ground": _GROUNDS_OF_SUSPENSION[0],
        "reason": _SUSPENDED["reason"],
    },
    "suspension_notice": _SUSPENDED,
    "no_suspension_notice": {
        "ground": _GROUNDS_OF_SUSPENSION[0],
        "grounds": [
            {"label": "涉案专利为发明专利", "ticked": False},
            {"label": "专利权评价报告未发现不符合授予专利权条件的缺陷", "ticked": True},
            {"label": "撤回无效宣告请求后再次提出请求", "ticked": False},
            {"label": "专利权已经生效的决定或者判决维持有效", "ticked": False},
            {"label": "其他不需要中止处理的情形", "ticked": False},
        ],
        "reason": "评价报告认为权利要求 1 至 5 具备新颖性和创造性。",
        "from": "2026-11-04",
    },
    "resumption_notice": {**_SUSPENDED, "reason": "国家知识产权局已作出维持专利权有效的审查决定。"},
    "case_withdrawal": {
        **FORM,
        "party": REQUESTER_NAME,
        "ground": "双方当事人已达成和解",
        "reason": "和解协议已履行完毕。",
    },
    "cancellation_decision": {
        "ground": "requester_withdrew",
        "grounds": [
            {"code": code, "label": label, "ticked": code == "requester_withdrew"}
            for code, label in _GROUNDS_OF_CANCELLATION.items()
        ],
        "reason": "请求人于 2026 年 11 月 2 日书面请求撤案。",
        "suit_within": "十五日",
    },
    "evidence_notice": {"days": 15, "until": "2026-11-25"},
    "investigation_request": {
        **FORM,
        "party": REQUESTER_NAME,
        "investigated": RESPONDENT_NAME,
        "address": "广东省中山市小榄镇工业大道南 88 号",
        "evidence": "型号为 OBK-900 的集成灶的生产记录、销售台账，用以证明制造、销售的事实和数量。",
        "kept_at": "被调查人财务室、成品仓库",
        "reason": "上述材料由被调查人保存，请求人不能自行收集。",
    },
    "investigation_approval_form": {
        **FORM,
        **_CHAIN,
        "measure": "证据登记保存",
        "of": RESPONDENT_NAME,
        "reason": "对型号为 OBK-900 的集成灶两台及其专用模具一套登记保存。被控产品可能转移，以后难以取得。",
        "proposed_by": "何伟杰",
        "proposed_on": "2026-10-20",
        "granted": True,
    },
    "investigation_record": {
        **FORM,
        "of": {
            "name": "梁少芬",
            "gender": "女",
            "unit": RESPONDENT_NAME,
            "post": "执行事务合伙人",
            "address": "广东省中山市小榄镇工业大道南 88 号",
            "phone": "138****8001",
        },
        "investigators": ["何伟杰", "欧阳慕容晓岚"],
        "venue": "广东省中山市小榄镇工业大道南 88 号二楼会议室",
        "began": "2026-10-21T14:30:00+08:00",
        "ended": "2026-10-21T16:10:00+08:00",
        "record": "问：我们是佛山市市场监督管理局的执法人员，这是我们的执法证件，请过目。\n答：看过了，没有异议。\n"
        "问：型号为 OBK-900 的集成灶是不是你厂制造的？\n答：是的，2026 年 8 月开始制造。\n"
        f"问：请说明产品的结构。\n答：{LONG}",
    },
    "inspection_record": {
        **FORM,
        "began": "2026-10-21T09:30:00+08:00",
        "ended": "2026-10-21T11:40:00+08:00",
        "venue": "广东省中山市小榄镇工业大道南 88 号一号厂房",
        "inspectors": ["何伟杰", "欧阳慕容晓岚"],
        "present": [
            {
                "name": "梁少芬",
                "number": "442000********002X",
                "unit": RESPONDENT_NAME,
                "address": "广东省中山市小榄镇工业大道南 88 号",
                "phone": "138****8001",
            },
            {"name": "吴志明", "number": "442000********0017", "unit": "小榄镇工业社区", "address": "", "phone": ""},
        ],
        "told": "检查人员出示执法证件，说明检查的依据，告知当事人有权申请回避、陈述申辩。当事人不申请回避。",
        "record": f"厂房内有正在组装的集成灶十二台，型号均为 OBK-900。\n{LONG}",
    },
    "sampling_decision": {"to": [], "of": RESPONDENT_NAME, "reason": "需要查明被控产品的烟道结构和控制装置。"},
    "sampling_list": {**FORM, "of": RESPONDENT_NAME, "items": [_THING] * 3},
    "preservation_decision": {
        "to": [],
        "of": RESPONDENT_NAME,
        "reason": "被控产品及专用模具可能被转移。",
        "from": "2026-10-21T11:40:00+08:00",
        "days": 7,
    },
    "preservation_list": {**FORM, "of": RESPONDENT_NAME, "items": [_THING] * 12},
    "release_decision": {
        "to": [],
        "of": RESPONDENT_NAME,
        "decided_on": "2026-10-21",
        "number_of_decision": "佛知裁〔2026〕31-5号",
        "from": "2026-10-28T10:00:00+08:00",
        "outcome": "已对登记保存的集成灶拍照、测绘并抽取样品一台，其余物品予以解除。",
    },
    "release_list": {
        **FORM,
        "of": RESPONDENT_NAME,
        "items": [{**_THING, "released": True}, {**_THING, "name": "专用模具", "price": None, "released": False}],
    },
    "appraisal_commission": {
        "to": [],
        "institution": "广东省知识产权鉴定评估服务中心有限公司",
        "matters": ["被控产品的技术特征与权利要求 1、3 的技术特征是否相同或者等同；", "喷淋组件的控制方式。"],
        "demands": "逐项列出技术特征并说明比对的依据。\n需要拆解实物的，应当事先告知本局。",
        "finish_by": "2026-12-20",
        "copies": 3,
    },
    "deliberation_record": {
        **FORM,
        "held_on": "2026-12-10",
        "members": ["林建华", "何伟杰", "欧阳慕容晓岚"],
        "recorder": "李雅文",
        "opinions": [
            {"name": "林建华", "presides": True, "vote": "认定侵权成立", "opinion": LONG},
            {"name": "何伟杰", "presides": False, "vote": "认定侵权成立", "opinion": "同意组长意见。"},
            {
                "name": "欧阳慕容晓岚",
                "presides": False,
                "vote": "认定侵权不成立",
                "opinion": "连接方式不同，不构成等同。",
            },
        ],
        "majority": "认定侵权成立",
        "dissent": ["欧阳慕容晓岚"],
    },
    "adjudication_decision": {
        "hearing_on": "2026-11-18",
        "attended": [
            {"name": REQUESTER_NAME, "people": ["陈晓岚", "黄建国"]},
            {"name": RESPONDENT_NAME, "people": []},
        ],
        "claims_of_requester": {
            "requests": ["责令被请求人停止制造、销售被控产品；", "责令被请求人销毁库存产品。"],
            "facts": LONG,
            "evidence": ["专利登记簿副本；", "公证书及封存的实物。"],
        },
        "answer_of_respondent": {"text": "被控产品实施的是现有技术。", "evidence": ["2015 年的产品目录。"]},
        "inspection": "2026 年 10 月 21 日，本局对被请求人的一号厂房进行了现场检查，登记保存集成灶两台。",
        "evidence_findings": [
            {"title": "专利登记簿副本", "by": "请求人", "admitted": True, "opinion": "真实、合法，与本案有关联。"},
            {
                "title": "2015 年的产品目录",
                "by": "被请求人",
                "admitted": False,
                "opinion": "没有公开日期，不能证明现有技术。",
            },
        ],
        "facts": "涉案专利于 2017 年 3 月 28 日申请，2017 年 11 月 3 日授权公告，至今有效。\n2026 年 8 月起，被请求人制造、销售被控产品。",
        "reasoning": f"{LONG}\n被请求人没有证明所实施的技术属于现有技术，其抗辩不能成立。",
        "result": "partly",
        "orders": ["责令被请求人自收到本裁决书之日起停止制造、销售型号为 OBK-900 的集成灶。"],
        "rejected": ["责令被请求人销毁库存产品。"],
        "fees": "鉴定费 12000 元，由被请求人承担。",
        "perform_days": 15,
        "suit_within": "十五日",
        "suit_court": "广州知识产权法院",
        "decided_on": "2026-12-30",
        "replaces": None,
    },
    "closing_approval_form": {
        **FORM,
        **_CHAIN,
        "summary": f"请求人于 2026 年 10 月 9 日提出处理请求，本局于 2026 年 10 月 14 日立案。\n{LONG}",
        "panel_opinion": "经合议，多数意见认定侵权成立，拟责令停止侵权行为。",
    },
    "correction_of_decision": {
        **_DECISION,
        "corrections": [{"was": "型号为 OBK-090 的集成灶", "now": "型号为 OBK-900 的集成灶"}],
        "reason": "原裁决书书写有误。",
    },
    "publication_notice": {
        "to": [],
        "of": RESPONDENT_NAME,
        "tried": True,
        "paper": "答辩通知书、专利侵权纠纷处理请求书副本",
        "paper_number": "佛知裁〔2026〕31-3号",
        "gist": "请求人请求本局责令你方停止制造、销售侵害涉案专利权的产品。",
        "days": 60,
        "consequence": "请自公告期满之日起十五日内提交答辩书；逾期不提交的，不影响本局处理本案。",
    },
    "case_disclosure_sheet": {
        **FORM,
        "decision_number": _DECISION["decision_number"],
        "case_name": "“一种具有自清洁功能的集成灶烟道结构及其控制装置”实用新型专利侵权纠纷案",
        "offender": {"name": RESPONDENT_NAME, "uscc": "91442000722473344C", "legal_representative": "梁少芬"},
        "facts": "被请求人未经专利权人许可，为生产经营目的制造、销售型号为 OBK-900 的集成灶，侵犯涉案专利权。",
        "basis": "《中华人民共和国专利法》第十一条第一款、第六十五条",
        "perform": "自收到裁决书之日起十五日内停止制造、销售",
        "decided_on": "2026-12-30",
        "masked": [{"what": "当事人的住所"}, {"what": "技术图纸中的商业秘密"}],
    },
    "exhortation_letter": {
        **_DECISION,
        "obligations": ["停止制造、销售型号为 OBK-900 的集成灶；", "删除网络店铺中的产品页面。"],
        "perform_within": "十日",
        "how": "停止生产，并将停止生产、下架的情况书面报告本局。",
    },
    "enforcement_request": {**FORM, **_DECISION, "served_on": "2027-01-04", "reason": LONG},
    "enforcement_application": {
        **FORM,
        **_DECISION,
        "court": "广州知识产权法院",
        "served_on": "2027-01-04",
        "exhorted_on": "2027-01-25",
        "sued": False,
        "obligations": ["停止制造、销售型号为 OBK-900 的集成灶。"],
    },
    "enforcement_record": {
        **FORM,
        "at": "2027-02-10",
        "venue": "广东省中山市小榄镇工业大道南 88 号一号厂房",
        "people": ["合议组成员何伟杰", "合议组成员欧阳慕容晓岚", "被请求人执行事务合伙人梁少芬"],
        "record": "生产线已停止，专用模具已当场拆解。\n网络店铺中的产品页面已删除。",
    },
}
