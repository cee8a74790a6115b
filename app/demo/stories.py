"""The stories that cases tell: what happened, how many days after, and how each ended (or where it stands)."""

from __future__ import annotations

from app.demo import adjudications
from app.demo.chapters import Chapter


def accept(after: int = 1) -> Chapter:
    points = ["standing", "respondent", "claims", "jurisdiction", "no_suit"]
    return Chapter(after, "formality_check", {"check": "accept", "points": points})


def contacted(after: int = 1) -> Chapter:
    summary = "电话联络双方，说明调解的程序，双方均表示可以先看材料。"
    return Chapter(after, "act:record_contact", {"summary": summary}, by="clerk")


def served(after: int = 1, method: str = "post") -> Chapter:
    return Chapter(after, "serve_request", {"serve": method})


def consents(after: int = 5) -> Chapter:
    opinion = "我方愿意在贵局主持下协商，对库存数量有不同意见。"
    return Chapter(after, "statement", {"stance": "consents", "opinion": opinion, "e_service": True})


def declines(after: int = 6) -> Chapter:
    opinion = "我方使用的是现有设计，不构成侵权，不同意调解。"
    return Chapter(after, "statement", {"stance": "declines", "opinion": opinion, "e_service": False})


def docket(after: int = 2) -> Chapter:
    return Chapter(after, "docket", {"mediator": "best", "note": ""})


def session(after: int = 1, in_days: int = 3) -> Chapter:
    venue = "佛山市知识产权保护中心 302 调解室"
    return Chapter(after, "schedule_session", {"in_days": in_days, "venue": venue, "online": False, "note": ""})


def held(result: str, after: int = 3, record: str = "") -> Chapter:
    text = record or "双方就停止销售、库存处理与补偿数额交换意见，调解员释明法律规定。"
    return Chapter(
        after,
        "hold_session",
        {
            "result": result,
            "record": text,
            "justified": False,
            "open_points": "赔偿数额尚有分歧" if result == "partial" else "",
        },
    )


def draft(after: int = 1, amount: str = "80000.00", perform_in: int = 20) -> Chapter:
    terms = [
        "被请求人自协议生效之日起停止制造、销售被控产品。",
        "被请求人向请求人支付补偿款人民币捌万元整，一次性付清。",
        "双方就本纠纷再无其他争议。",
    ]
    return Chapter(
        after, "draft_agreement", {"terms": terms, "amount": amount, "perform_in": perform_in, "open_points": ""}
    )


def confirm(after: int = 2) -> Chapter:
    return Chapter(after, "confirm_agreement", {"answer": "confirm", "comment": ""})


def issue(after: int = 1) -> Chapter:
    return Chapter(after, "issue_agreement", {"issued": True, "reason": ""})


def agreement_served(after: int = 1) -> Chapter:
    return Chapter(after, "serve_agreement", {"serve": "direct"})


def wants_confirmation(applies: bool, after: int = 3) -> Chapter:
    return Chapter(after, "joint_application", {"applies": applies})


def performance(finding: str, after: int = 15) -> Chapter:
    detail = "已核对银行回单，款项付清。" if finding == "performed" else "经催促，被请求人仍未付款。"
    return Chapter(after, "performance", {"finding": finding, "detail": detail})


def about(**what: bool) -> Chapter:
    """What sets the request itself apart: ``several`` respondents, a dispute about ``ownership``."""
    return Chapter(0, "file", what)


TO_MEDIATION = (accept(), contacted(), served(), consents(), docket())
AGREED = (*TO_MEDIATION, session(), held("agreed"), draft(), confirm(), issue(), agreement_served())

CORRECTION = Chapter(
    1,
    "formality_check",
    {
        "check": "correct",
        "points": ["respondent", "claims"],
        "items": ["专利登记簿副本缺第 2 页，请补交完整副本", "授权委托书未写明代理权限，请补写并签章"],
        "days": 10,
    },
)
CORRECTED = Chapter(
    4,
    "correct_materials",
    {
        "items": [
            {"item": 1, "answer": "已补交完整的登记簿副本。"},
            {"item": 2, "answer": "授权委托书已写明特别授权，并已签章。"},
        ],
        "file": True,
    },
)
RECUSE = Chapter(1, "act:recuse", {"ground": "interest", "reason": "调解员曾在对方公司任职"}, by="requester")

# name, how many such cases, the chapters; what is left open stays where it stands
STORIES: tuple[tuple[str, int, tuple[Chapter, ...]], ...] = (
    ("just filed", 5, ()),
    ("filed and late", 2, (Chapter(6, "wait"),)),
    ("waits for correction", 4, (CORRECTION,)),
    ("corrected, to be checked", 3, (CORRECTION, CORRECTED)),
    ("never corrected", 2, (CORRECTION, Chapter(14, "wait"))),
    (
        "refused",
        3,
        (
            Chapter(
                1,
                "formality_check",
                {"check": "refuse", "points": [], "reasons": ["in_court"], "explanation": "已向人民法院起诉。"},
            ),
        ),
    ),
    ("to be served", 5, (accept(), contacted())),
    ("one of two served", 2, (about(several=True), accept(), contacted(), served(method="some"))),
    ("service is late", 2, (accept(), contacted(), Chapter(9, "wait"))),
    ("unreachable", 2, (accept(), contacted(), Chapter(4, "serve_request", {"serve": "failed"}))),
    (
        "unreachable, closed",
        1,
        (
            accept(),
            Chapter(4, "serve_request", {"serve": "failed"}),
            Chapter(1, "refuse_docketing", {"explanation": ""}),
        ),
    ),
    ("waits for a statement", 6, (accept(), contacted(), served())),
    ("silent", 3, (accept(), contacted(), served(), Chapter(19, "wait"))),
    (
        "silent, closed",
        2,
        (accept(), contacted(), served(), Chapter(19, "wait"), Chapter(1, "refuse_docketing", {"explanation": ""})),
    ),
    ("declined", 3, (accept(), contacted(), served(), declines(), Chapter(2, "refuse_docketing", {"explanation": ""}))),
    ("to be docketed", 4, (accept(), contacted(), served(), consents())),
    ("docketed", 4, TO_MEDIATION),
    ("recusal pending", 2, (*TO_MEDIATION, RECUSE)),
    (
        "recused, another mediator",
        2,
        (
            *TO_MEDIATION,
            RECUSE,
            Chapter(1, "decide_recusal", {"decision": "upheld", "reason": "经查属实"}),
            Chapter(1, "reappoint", {"mediator": "best", "note": ""}),
        ),
    ),
    (
        "recusal rejected",
        1,
        (*TO_MEDIATION, RECUSE, Chapter(2, "decide_recusal", {"decision": "rejected", "reason": "没有事实依据"})),
    ),
    ("session ahead", 4, (*TO_MEDIATION, session())),
    ("second session", 3, (*TO_MEDIATION, session(), held("continue"), session())),
    ("drafting", 3, (*TO_MEDIATION, session(), held("agreed"))),
    (
        "partial agreement drafted",
        1,
        (
            *TO_MEDIATION,
            session(),
            held("partial"),
            Chapter(
                1,
                "draft_agreement",
                {
                    "terms": ["被请求人停止销售被控产品。"],
                    "amount": "",
                    "perform_in": 10,
                    "open_points": "赔偿数额另行解决",
                },
            ),
        ),
    ),
    ("waits for confirmation by the parties", 4, (*TO_MEDIATION, session(), held("agreed"), draft())),
    ("to be sealed", 2, (*TO_MEDIATION, session(), held("agreed"), draft(), confirm())),
    ("agreement to be served", 2, (*TO_MEDIATION, session(), held("agreed"), draft(), confirm(), issue())),
    ("being performed", 4, AGREED),
    ("judicial confirmation applied for", 2, (*AGREED, wants_confirmation(True))),
    ("agreement refused", 1, (*AGREED[:-1], Chapter(1, "serve_agreement", {"serve": "refused"}))),
    ("ownership settled by agreement", 1, (about(ownership=True), *AGREED)),
    ("ownership, to be copied", 1, (about(ownership=True), *AGREED, performance("performed"))),
    (
        "accepted by the court",
        1,
        (
            *AGREED,
            wants_confirmation(True),
            Chapter(2, "record_confirmation", {"result": "applied"}),
            Chapter(2, "record_confirmation", {"result": "accepted"}),
        ),
    ),
    (
        "judicially confirmed",
        1,
        (
            *AGREED,
            wants_confirmation(True),
            Chapter(12, "record_confirmation", {"result": "confirmed", "court_number": "（2026）粤0604诉前调确18号"}),
        ),
    ),
    ("performed", 6, (*AGREED, wants_confirmation(False), performance("performed"))),
    ("breached", 2, (*AGREED, wants_confirmation(False), performance("breached", 24))),
    (
        "failed",
        3,
        (
            *TO_MEDIATION,
            session(),
            held("failed"),
            Chapter(1, "close_failed", {"reason": "双方对赔偿数额分歧较大，未能达成协议"}),
        ),
    ),
    (
        "respondent absent",
        1,
        (
            *TO_MEDIATION,
            session(),
            held("respondent_absent", record="请求人准时到场，被请求人未到场，经电话联系仍未说明理由。"),
            Chapter(1, "close_failed", {"reason": "被请求人无正当理由缺席"}),
        ),
    ),
    (
        "requester absent",
        1,
        (
            *TO_MEDIATION,
            session(),
            held("requester_absent", record="被请求人准时到场，请求人未到场，经电话联系仍未说明理由。"),
        ),
    ),
    (
        "withdrawn",
        2,
        (accept(), contacted(), served(), Chapter(3, "act:withdraw", {"reason": "已另行协商解决"}, by="requester")),
    ),
    (
        "settled",
        2,
        (
            *TO_MEDIATION,
            Chapter(3, "act:settle", {"summary": "双方自行和解，被请求人已下架产品", "file": True}, by="requester"),
        ),
    ),
    *adjudications.STORIES,
    (
        "sent on",
        2,
        (
            Chapter(
                1,
                "confirm_competence",
                {
                    "competence": "transfer",
                    "authority": "copyright_office",
                    "reason": "作品著作权纠纷由著作权主管部门处理",
                },
            ),
        ),
    ),
)
