"""One mediation from the request to performance, each step by its person, through the pages alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from app import clock
from app.domain.states import State
from tests.flows.office import POINTS, Case, Office, Person
from tests.journeys.visitor import Visitor

TERMS = "停止销售被控产品\n支付补偿款八万元"


class Journey:
    """The people of one case, one after another at the same browser."""

    def __init__(self, visitor: Visitor, office: Office, on_page: Callable[[], None] = lambda: None) -> None:
        self.visitor = visitor
        self.office = office
        self.page = visitor.page
        self.on_page = on_page  # what is looked at on each page before it is left
        self.number = ""
        self.path = ""

    # -- how each of them finds the case and leaves it --

    def party_takes_up(self, person: Person) -> None:
        """A party finds on its own page what is asked of it."""
        self.visitor.logs_in(person)
        self.visitor.follows("去办理")

    def official_claims(self, person: Person) -> None:
        """An official claims the task out of the queue."""
        self.visitor.logs_in(person)
        self.visitor.opens("/workbench?queue=group")
        self.page.locator("tr", has_text=self.number).locator("[data-claim]").click()

    def official_takes_up(self, person: Person) -> None:
        """An official opens a task that is already theirs."""
        self.visitor.logs_in(person)
        self.page.locator("tr", has_text=self.number).locator("a[data-open]").click()

    def sends(self, button: str, state: State) -> None:
        """Send the answers; the case page says where the case stands now."""
        self.on_page()
        self.visitor.presses(button, within="#task-form")
        self.stands(state)

    def stands(self, state: State) -> None:
        """Read on the case page where the case stands."""
        expect(self.page.locator(".case-head-state .badge")).to_have_text(self.visitor.say(state.label))
        self.on_page()

    def has_made(self, paper: str) -> None:
        """Let a letter have its file: no job runs beside the pages."""
        Case(int(self.path.rpartition("/")[2]), self.number, self.office).has_made(paper)

    def served(self, row: int) -> None:
        """Fill in that a paper was handed over today."""
        today = clock.today().isoformat()
        prefix = f"records__{row}__"
        self.visitor.fills(**{f"{prefix}method": "direct", f"{prefix}sent_on": today, f"{prefix}result": "received"})
        self.visitor.fills(**{f"{prefix}received_on": today, f"{prefix}receiver": "前台"})

    # -- the way --

    def request(self) -> None:
        """The requester fills in the request, looks it over and files it."""
        self.visitor.logs_in(self.office.requester)
        self.visitor.follows("请求调解")
        self.fill_request()
        self.on_page()
        self.visitor.presses("下一步：核对")
        self.visitor.sees("公证书（2026）粤佛南海第 118 号")
        self.visitor.sees("专利登记簿副本.pdf")
        self.visitor.presses("提交请求")
        self.stands(State.REQUESTED)
        self.number, self.path = self.visitor.heading(), self.page.url.removeprefix(self.visitor.url)
        self.visitor.logs_out()

    def fill_request(self) -> None:
        """Answer every question of the request."""
        fill, other = self.visitor.fills, self.office.responding
        if self.page.locator("select[name=requester_organization]").count():
            fill(requester_organization=str(self.office.requesting.id))
        fill(respondents__0__kind="enterprise", respondents__0__name=other.name, respondents__0__uscc=other.uscc)
        fill(respondents__0__legal_representative="王晨光", respondents__0__address="广东省佛山市南海区工业大道 8 号")
        fill(right_type="design", right_number="ZL 2023 3 0418812.8", right_name="电热水壶")
        fill(right_holder=self.office.requesting.name, standing="holder", dispute_kind="infringement")
        fill(requests="停止销售被控产品\n赔偿经济损失", amount_claimed="18万")
        fill(facts="请求人在展会上发现被请求人销售与其外观设计相同的电热水壶，已公证购买。")
        self.visitor.adds_row("evidence")
        fill(evidence__0__title="公证书（2026）粤佛南海第 118 号", evidence__0__pages="12")
        self.visitor.uploads("evidence-0-files", "公证书.pdf")
        self.visitor.uploads("right_files", "专利登记簿副本.pdf")
        fill(e_service=True, no_suit=True)

    def formality_check(self) -> None:
        """A clerk claims the check and accepts the request."""
        self.official_claims(self.office.clerk)
        self.visitor.fills(check="accept", points=POINTS)
        self.sends("提交审查结论", State.SERVING)
        self.visitor.logs_out()

    def service(self) -> None:
        """The clerk records that the request was handed to the respondent."""
        self.has_made("statement_notice")
        self.official_claims(self.office.clerk)
        self.served(0)
        self.sends("提交送达记录", State.AWAITING_STATEMENT)
        self.visitor.logs_out()

    def statement(self) -> None:
        """The respondent consents."""
        self.party_takes_up(self.office.respondent)
        self.visitor.fills(stance="consents", opinion="愿意协商", e_service=True)
        self.visitor.presses("下一步：核对", within="#task-form")
        self.visitor.sees("愿意协商")
        self.sends("提交意见陈述", State.DOCKETING)
        self.visitor.logs_out()

    def docketing(self) -> None:
        """The clerk dockets the case and appoints a mediator."""
        self.official_claims(self.office.clerk)
        self.visitor.fills(mediator=str(self.office.mediator.id))
        self.sends("决定立案", State.MEDIATING)
        self.visitor.logs_out()

    def session(self) -> None:
        """The mediator fixes a session, holds it and puts what was agreed into words."""
        soon = clock.now() + timedelta(minutes=10)
        self.official_takes_up(self.office.mediator)
        self.visitor.fills(at=soon.strftime("%Y-%m-%dT%H:%M"), venue="302 调解室")
        self.sends("发出通知", State.MEDIATING)
        clock.set_shift(clock.shift() + timedelta(minutes=10))
        self.visitor.follows("去办理")
        both = [str(value) for value in self._parties()]
        self.visitor.fills(attended=both, record="双方就停止销售和补偿数额充分交换意见。", result="agreed")
        self.sends("提交调解记录", State.MEDIATING)
        self.visitor.follows("去办理")
        until = (clock.today() + timedelta(days=30)).isoformat()
        self.visitor.fills(terms=TERMS, amount="8万", perform_by=until)
        self.sends("送各方确认", State.AGREEING)
        self.visitor.logs_out()

    def _parties(self) -> list[str]:
        boxes = self.page.locator("[name=attended]").all()
        return [box.get_attribute("value") or "" for box in boxes]

    def confirmation(self) -> None:
        """Each party reads the draft and signs."""
        for person in (self.office.requester, self.office.respondent):
            self.party_takes_up(person)
            self.visitor.sees("支付补偿款八万元")
            self.visitor.fills(answer="confirm", signed_name=person.name)
            self.visitor.presses("下一步：核对", within="#task-form")
            self.visitor.sees(person.name)
            self.sends("提交", State.AGREEING)
            self.visitor.logs_out()

    def issue(self) -> None:
        """The director seals the agreement, the clerk serves it on both."""
        self.official_claims(self.office.director)
        self.visitor.fills(issued="yes")
        self.sends("提交审批意见", State.ISSUED)
        self.visitor.logs_out()
        self.has_made("mediation_agreement")
        self.official_claims(self.office.clerk)
        self.served(0)
        self.served(1)
        self.sends("提交送达记录", State.PERFORMING)
        self.visitor.logs_out()

    def court(self) -> None:
        """Both apply to the court; the clerk records what it decided."""
        for person in (self.office.requester, self.office.respondent):
            self.party_takes_up(person)
            self.visitor.fills(applies="yes")
            self.visitor.presses("下一步：核对", within="#task-form")
            self.sends("提交", State.PERFORMING)
            self.visitor.logs_out()
        self.official_claims(self.office.clerk)
        today = clock.today().isoformat()
        self.visitor.fills(result="confirmed", court_number="（2026）粤0604诉前调确1号", on=today)
        self.sends("登记", State.PERFORMING)
        self.visitor.logs_out()

    def performance(self) -> None:
        """The mediator notes that the agreement is performed; the case is over."""
        self.official_takes_up(self.office.mediator)
        self.visitor.fills(finding="performed", on=clock.today().isoformat(), amount="80000")
        self.sends("登记履行情况", State.PERFORMED)
        self.visitor.logs_out()

    def whole(self) -> None:
        """Go all the way."""
        self.request()
        self.formality_check()
        self.service()
        self.statement()
        self.docketing()
        self.session()
        self.confirmation()
        self.issue()
        self.court()
        self.performance()
