"""Somebody who reads English meets no Chinese, but for what people have written and what bears a Chinese name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextvars import Context
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from app import notifications
from app.documents import letters
from app.domain import deadlines, statute
from app.domain.disputes import ServiceMethod
from app.domain.errors import Refusal, RuleBroken
from app.domain.periods import Length, Pause, Term, Unit
from app.domain.texts import Text
from app.edge.sentences import sentence
from app.jobs import run_due
from app.models import Case, Document, MessageOutbox, Organization, User
from app.queries.conflicts import REASONS
from app.services import settings
from tests.flows.office import PASSWORD, Office, Person, build
from tests.web.browser import Browser
from tools import catalogues

CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")  # with its punctuation
READ_ALOUD = ("alt", "aria-label", "aria-description", "content", "placeholder", "title")
NUMBER = re.compile(r"佛知\w{1,6}〔\d{4}〕\d+号|佛知\S*?号|〔\d{4}〕\S*?号")
EXAMPLES = ("18万", "（2026）粤0604诉前调确1号", "国作登字-2021-F-00123456", "国作登字-2024-F-00012345")
STRANGERS_SEE = ("/", "/guides", "/privacy", "/progress", "/login", "/signup", "/signup/invited", "/nowhere")
EMPTY = ("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
ENOUGH = 3
CASES = 12
FORMS = re.compile(r"^/(tasks/\d+|cases/\d+/acts/\w+|cases/new/\w+|people/new|people/units/new|profile/\w+)$")
NOT_PAGES = re.compile(r"^/(static|files|logout|api|healthz|readyz)|\.(bpmn|json|pdf)$|^[^/]")
WRITTEN = (
    "302 调解室",
    "停止销售被控产品",
    "双方就停止销售和补偿数额充分交换意见。",
    "支付补偿款八万元",
    "愿意协商",
    "电热水壶",
    "赔偿经济损失",
    "请求人在展会上发现被请求人销售与其外观设计相同的电热水壶，已公证购买。",
    "前台",
    "广东省佛山市南海区工业大道 8 号",
    "专利登记簿副本.pdf",
)


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return an office whose people all read English."""
    catalogues.translate()
    made = build(app, session)
    session.execute(update(User).values(language="en"))
    session.commit()
    return made


def written_by_people(session: Session) -> list[str]:
    """Return what is Chinese by right: names of people and companies, titles of files, what somebody typed."""
    kept = [*session.scalars(select(User.name)), *session.scalars(select(Organization.name)), *WRITTEN, *EXAMPLES]
    kept += [*map(str, settings.DEFAULTS.values()), *session.scalars(select(Case.number))]
    kept += session.scalars(select(Document.title).where(Document.number.is_(None)))
    return sorted(filter(None, kept), key=len, reverse=True)


class Reading(HTMLParser):
    """A page as it is read: its texts, attributes that are read aloud included, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; within one that is marked as Chinese nothing is looked at."""
        told = {name: value or "" for name, value in attrs}
        quiet = self._is_quiet() or tag in ("script", "style") or told.get("lang", "").startswith("zh")
        if tag not in EMPTY:
            self._open.append((tag, quiet))
        if quiet:
            return
        self.texts += [v for k, v in told.items() if k in READ_ALOUD or k.startswith("data-")]
        if tag == "a" and not NOT_PAGES.search(told.get("href", "#")):
            self.links.append(urldefrag(told["href"]).url)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those within it whose end is left out."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if not self._is_quiet():
            self.texts.append(data)

    def _is_quiet(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def left_in_chinese(page: Reading, kept: list[str]) -> set[str]:
    """Return the texts of a page in which Chinese is left when everything that may be Chinese is taken out."""
    found = set()
    for text in filter(CHINESE.search, page.texts):
        rest = text
        for one in kept:
            rest = rest.replace(one, "")
        if CHINESE.search(NUMBER.sub("", rest)):
            found.add(" ".join(text.split()))
    return found


def walks(browser: Browser, first: list[str]) -> Iterator[tuple[str, Reading]]:
    """Give the pages that can be reached by links, some of each kind."""
    ahead, seen, kinds = list(first), set(), Counter[str]()
    while ahead:
        address = ahead.pop(0)
        kind = re.sub(r"\d+", "", re.sub(r"=(?!\w+$)[^&]*", "", address))
        if address in seen or kinds[kind] >= (CASES if kind == "/cases/" else ENOUGH):
            continue
        seen.add(address)
        kinds[kind] += 1
        page = Context().run(browser.client.get, address)  # nothing of the test reaches the product
        if page.status_code == 200 and page.mimetype == "text/html":
            assert '<html lang="en"' in page.text, address
            reading = Reading(page.text)
            yield address, reading
            ahead += reading.links


def sends_nothing(browser: Browser, address: str) -> Reading | None:
    """Send the form of a page as it is, without anything filled in; return what comes back where it is refused."""
    page = Context().run(browser.client.post, address, data={"csrf_token": browser.token()})
    return Reading(page.text) if page.status_code in (403, 409, 422) else None


def chinese_for(app: Flask, session: Session, person: Person, first: list[str]) -> dict[str, str]:
    """Return what is left in Chinese on the pages that a person can reach: the text, and a page where it stands."""
    browser = Browser(app)
    browser.logs_in(person.username, PASSWORD)
    kept, found, pages = written_by_people(session), {}, 0
    for address, page in walks(browser, first):
        pages += 1
        found.update(dict.fromkeys(left_in_chinese(page, kept), address))
        refused = sends_nothing(browser, address) if FORMS.search(address) else None
        found.update(dict.fromkeys(left_in_chinese(refused, kept), f"POST {address}") if refused else {})
    assert pages > 3
    return found


def busy(office: Office) -> None:
    """Let there be cases at many places of the process, open and closed."""
    confirming(office)
    office.confirmed()
    ended(office)
    recused(office)
    unserved = office.accepted()
    failed = office.record(unserved, office.responding, result="failed", received_on=None, note="Refused", receiver="")
    office.clerk.answers(unserved, "serve_request", records=[failed], give_up=True)
    corrected = office.files()
    asked = {"check": "correct", "points": ["claims"], "items": ["Copy of the register, page 2"], "days": 10}
    office.clerk.answers(corrected, "formality_check", **asked)
    office.requester.answers(corrected, "correct_materials", explanation="Corrected", files=[])
    third = {**office.entry(office.elsewhere), "legal_representative": "赵雅居"}
    office.accepted(respondents=[office.entry(office.responding), third])


def confirming(office: Office) -> None:
    """Let a case go the whole way to judicial confirmation and performance."""
    case = office.performing()
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
    office.mediator.answers(case, "performance", finding="waiting", on="2026-03-02", next_on="2026-03-20")


def ended(office: Office) -> None:
    """Let cases end in several ways."""
    failed = office.in_session()
    office.holds(failed, "continue")
    office.schedules(failed)
    office.holds(failed, "failed")
    office.mediator.answers(failed, "close_failed", reason="Too far apart")
    office.requester.acts(failed, "to_adjudication", confirm=True)
    refused = {"check": "refuse", "points": [], "reasons": ["in_court"], "explanation": "An action has begun"}
    office.clerk.answers(office.files(), "formality_check", **refused)
    office.requester.acts(office.files(), "withdraw", reason="Settled")
    declined = office.served()
    office.respondent.answers(declined, "statement", stance="declines", opinion="No", e_service=False)
    routed = office.files(right_type="copyright", right_number="国作登字-2024-F-00012345")
    office.clerk.answers(routed, "confirm_competence", competence="ours", reason="A design is concerned too")


def recused(office: Office) -> None:
    """Let a mediator be recused, and another's recusal be asked for."""
    asked = {"ground": "interest", "reason": "A shareholder"}
    case = office.docketed()
    office.requester.acts(case, "recuse", **asked)
    office.director.answers(case, "decide_recusal", decision="upheld", reason="True")
    office.respondent.acts(office.docketed(), "recuse", **asked)


@pytest.mark.parametrize("address", STRANGERS_SEE)
def test_a_stranger_who_asks_for_english_gets_english(office: Office, session: Session, address: str) -> None:
    page = Browser(office.app).client.get(address, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert page.status_code in (200, 404)
    assert not left_in_chinese(Reading(page.text), written_by_people(session))


def test_everybody_finds_every_page_in_english(office: Office, session: Session) -> None:
    busy(office)
    found = {}
    for person in (
        office.clerk,
        office.second_clerk,
        office.mediator,
        office.director,
        office.requester,
        office.respondent,
    ):
        found.update(chinese_for(office.app, session, person, ["/workbench", "/matters", "/cases", "/profile"]))
    for person in (office.supervisor, office.admin):
        watched = [f"/supervision{path}" for path in ("", "?target=internal", "/figures", "/bottlenecks")]
        found.update(chinese_for(office.app, session, person, [*watched, "/administration", "/people", "/cases"]))
    assert not found, "\n".join(f"{page}  {text}" for text, page in sorted(found.items(), key=lambda one: one[1]))


def test_every_message_and_mail_is_in_english(office: Office, session: Session) -> None:
    busy(office)
    run_due(session, office.app.config["PEIYOU"])
    kept, found = written_by_people(session), {}
    rows = session.scalars(select(MessageOutbox).options(joinedload(MessageOutbox.user))).all()
    assert {"task_opened", "task_waiting", "document_issued", "case_closed"} <= {row.kind for row in rows}
    for row in rows:
        for part in notifications.PARTS:
            text = notifications.render(row, part, "en")
            found.update(dict.fromkeys(left_in_chinese(Reading(text), kept), f"{row.kind}/{part}"))
    assert not found, found


def refusals() -> list[Refusal]:
    """Return refusals with labels of every sort among their parameters."""
    title = Text("调解协议书", "Mediation agreement")
    terms = [term for rule in statute.RULES.values() for term in rule.terms.values()]
    term = next(term for term in terms if term.exclusions and "service" not in term.exclusions)
    found: list[Refusal] = [
        RuleBroken("《%(title)s》不能用“%(method)s”", title=title, method=method.label) for method in ServiceMethod
    ]
    found += [
        RuleBroken("%(name)s 应当回避：%(reason)s %(about)s", name="Chan", reason=reason, about="")
        for reason in REASONS.values()
    ]
    for wrong in (
        lambda: letters.check_facts("correction_notice", {}),
        lambda: terms[0].granted(9),
        lambda: deadlines._checked((Pause("service", date(2026, 3, 2), date(2026, 3, 3)),), term),
        lambda: Term(citation=title, start="x", note=title).base(None, None),
        lambda: Term(citation=title, start="x", length=Length(9, Unit.DAYS), least=5, most=9).base(3, None),
        lambda: Term(citation=title, start="x", length=Length(9, Unit.DAYS), least=5, most=9).base(30, None),
    ):
        with pytest.raises(RuleBroken) as refusal:
            wrong()
        found.append(refusal.value)
    return found


def test_labels_within_a_refusal_are_in_english_and_the_refusal_alone_is_chinese(app: Flask) -> None:
    catalogues.translate()
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = [sentence(refusal) for refusal in refusals()]
    assert not [text for text in said if CHINESE.search(text)]
    assert said[0] == "“Mediation agreement” cannot be served this way: Direct service"
    assert str(refusals()[0]) == "《调解协议书》不能用“直接送达”"


def test_what_a_form_refuses_is_said_in_english(office: Office, session: Session) -> None:
    case = office.files()
    page = _sends(office, office.requester, "/cases/new/mediation", {})
    page += _sends(office, office.clerk, f"/tasks/{case.task('formality_check', office.clerk)}", {"check": "correct"})
    page += _sends(office, office.requester, f"/cases/{case.id}/acts/withdraw", {})
    assert not left_in_chinese(Reading(page), written_by_people(session))


def _sends(office: Office, person: Person, address: str, answers: dict[str, str]) -> str:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser.posts(address, answers, expects=422).text
