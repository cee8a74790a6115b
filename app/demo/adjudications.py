"""The stories of adjudications: one for each place on the way at which something is to be seen or done."""

from __future__ import annotations

from app.demo.chapters import Chapter

ASKED = Chapter(0, "file", {"adjudication": True})
POINTS = ["standing", "respondent", "patent", "claims", "jurisdiction", "no_suit"]
EXAMINED = Chapter(
    2,
    "examine_request",
    {
        "check": "docket",
        "points": POINTS,
        "summary": "请求人主张被请求人未经许可制造、销售专利产品。",
        "opinion": "请求人为专利权人，有明确的被请求人和请求事项，属于本局管辖，建议立案。",
    },
)
REVIEWED = Chapter(1, "review_docketing", {"review": "agree", "opinion": "同意立案"})
DOCKETED = Chapter(1, "decide_docketing", {"docketing": "docket", "opinion": "同意立案", "panel": True})
SERVED = Chapter(2, "serve_case", {"serve": "post"})
ANSWERED = Chapter(
    9,
    "answer",
    {
        "grounds": ["no_infringement", "prior_art"],
        "opinion": "被控产品的连接结构与权利要求不同，且在申请日以前已有相同产品公开销售，不构成侵权。",
        "evidence": [{"title": "2019 年产品目录", "proves": "现有技术", "pages": 8}],
        "file": True,
    },
)
CHECKED = Chapter(1, "check_answer", {"answer": "complete"})
ANSWER_SERVED = Chapter(1, "serve_answer", {"serve": "direct"})
TO_ANSWER = (ASKED, EXAMINED, REVIEWED, DOCKETED, SERVED)
ON_FILE = (*TO_ANSWER, ANSWERED, CHECKED, ANSWER_SERVED)
NO_PERIOD = Chapter(1, "set_evidence_period", {"period": False, "reason": "各方当庭表示不再举证"})
NUMBERED = Chapter(2, "examine_evidence", {"evidence": "examined"})
TO_BE_HEARD = Chapter(1, "choose_trial", {"way": "hearing"})
FIXED = Chapter(0, "schedule_hearing", {"in_days": 9, "venue": "第一口头审理室", "online": False, "closed": False})
HEARD = Chapter(9, "hold_hearing", {"result": "heard", "script": True})
SIGNED = Chapter(0, "sign_transcript", {"signatures": True, "file": True})
HEARING = (*ON_FILE, NO_PERIOD, NUMBERED, TO_BE_HEARD, FIXED)
VOTES = (
    Chapter(3, "deliberate", {"vote": "infringed", "text": "被控产品具备权利要求 1 的全部技术特征，侵权成立。"}),
    Chapter(0, "deliberate", {"vote": "infringed", "text": "连接结构虽有不同，但属于等同的技术特征，侵权成立。"}),
    Chapter(1, "deliberate", {"vote": "not_infringed", "text": "连接结构不同，效果也不同，不构成等同。"}),
)
DELIBERATED = Chapter(0, "conclude_deliberation", {"concluded": "majority"})
DRAFTED = Chapter(
    4,
    "draft_decision",
    {
        "finding": "infringed",
        "facts": "经审理查明，涉案专利合法有效；被请求人制造、销售的被控产品具备权利要求 1 的全部技术特征。",
        "reasoning": "被控产品落入涉案专利权的保护范围；产品目录没有公开全部技术特征，现有技术抗辩不能成立。",
        "summary": "请求人主张被请求人制造、销售侵犯其专利权的产品。",
        "orders": ["责令被请求人立即停止制造、销售被控产品"],
        "evidence": "admitted",
    },
)
DECISION_REVIEWED = Chapter(2, "review_decision", {"review": "agree", "opinion": "事实清楚，同意"})
DECIDED = Chapter(1, "approve_decision", {"decision": "issued", "opinion": "同意签发"})
HANDED_OVER = Chapter(1, "serve_decision", {"serve": "direct"})
MASKED = Chapter(
    4,
    "mask_decision",
    {
        "case_name": "right",
        "facts": "被请求人未经许可制造、销售专利产品。",
        "basis_text": "《中华人民共和国专利法》第六十五条",
        "result": "责令停止制造、销售被控产品",
        "hide": [],
        "checks": ["content", "secrecy", "privacy"],
    },
)
PUBLISHED = Chapter(1, "approve_publication", {"publication": "publish"})
STOPPED = Chapter(
    3, "check_performance", {"performance": "performed", "detail": "现场核查，已停止制造、销售", "on": "today"}
)
FOUND = (*HEARING, HEARD, SIGNED, *VOTES, DELIBERATED, DRAFTED)
DONE = (*FOUND, DECISION_REVIEWED, DECIDED, HANDED_OVER, MASKED, PUBLISHED, STOPPED)
MISSING = {
    "check": "correct",
    "items": ["没有提交专利权评价报告", "没有写明主张的权利要求"],
    "days": 10,
}
ELSEWHERE = {"authority": "广州市知识产权局", "reason": "被控产品在广州制造", "file": True}
INVALID = {"ground": "invalidation", "reason": "国家知识产权局已受理对涉案专利的无效宣告请求"}
AGREED = {
    "talks": "agreed",
    "record": "双方就停止销售和补偿达成一致。",
    "terms": ["被请求人停止制造、销售被控产品", "被请求人补偿请求人五万元"],
    "amount": "50000.00",
}

STORIES: tuple[tuple[str, int, tuple[Chapter, ...]], ...] = (
    ("adjudication just filed", 1, (ASKED,)),
    ("adjudication late to be examined", 1, (ASKED, Chapter(13, "wait"))),
    ("adjudication in correction", 1, (ASKED, Chapter(2, "examine_request", MISSING), Chapter(3, "wait"))),
    ("adjudication to be reviewed", 1, (ASKED, EXAMINED)),
    ("adjudication to be docketed", 1, (ASKED, EXAMINED, REVIEWED)),
    ("adjudication docketed, to be served", 1, (ASKED, EXAMINED, REVIEWED, DOCKETED)),
    ("adjudication waits for an answer", 1, (*TO_ANSWER, Chapter(11, "wait"))),
    (
        "adjudication whose jurisdiction is doubted",
        1,
        (*TO_ANSWER, Chapter(6, "act:object_jurisdiction", ELSEWHERE, by="respondent"), Chapter(2, "wait")),
    ),
    (
        "adjudication with evidence on its way",
        1,
        (*ON_FILE, Chapter(1, "set_evidence_period", {"period": True, "days": 20}), Chapter(6, "wait")),
    ),
    (
        "adjudication suspended",
        1,
        (
            *ON_FILE,
            Chapter(1, "act:suspend", INVALID, by="presiding"),
            Chapter(1, "decide_suspension", {"decision": "granted", "reason": "应当中止"}),
            Chapter(12, "wait"),
        ),
    ),
    ("adjudication before its hearing", 1, (*HEARING, Chapter(3, "wait"))),
    ("adjudication in deliberation", 1, (*HEARING, HEARD, SIGNED, *VOTES[:2])),
    ("adjudication to be signed", 1, (*FOUND, DECISION_REVIEWED)),
    ("adjudication decided and published", 1, DONE),
    ("adjudication concluded", 1, (*DONE, Chapter(9, "wait"), Chapter(8, "wait"))),
    (
        "adjudication agreed upon",
        1,
        (
            *ON_FILE,
            Chapter(2, "act:mediate", {"consent": True, "reason": "双方都愿意协商"}, by="presiding"),
            Chapter(3, "mediate_inside", AGREED),
            Chapter(1, "confirm_terms", {"answer": "confirm"}),
            Chapter(1, "seal_terms", {"issued": True}),
            Chapter(1, "serve_terms", {"serve": "direct"}),
        ),
    ),
)
