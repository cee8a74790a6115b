"""Somebody at a real browser: fields are found by name, buttons by role and words, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.flows.office import PASSWORD, PDF, Person

# What Chromium says of every answer that is not 2xx; answers are looked at by themselves, below.
ANSWERED = "Failed to load resource"


# What the product says itself, not what people have entered.
# A heading that is content, such as the name of a published decision, is marked as the Chinese that it is.
INTERFACE = (
    "h1:not(:has([lang])), h2, legend, .form-label, button:not([lang]), nav a, th, dt, .badge, .flash-line, "
    ".tabs a, .buttons a"
)
UNTRANSLATED = (
    """elements => elements.map(one => one.textContent.trim()).filter(text => /[\\u4e00-\\u9fff]/.test(text))"""
)


class Complaints(list[str]):
    """What must never happen on a page: errors of scripts, breaches of the security policy, parts that are missing."""

    def watch(self, page: Page) -> None:
        """Note what goes wrong on ``page`` from now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.append(f"script: {error} on {page.url}"))
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and ANSWERED not in message.text:
            self.append(f"console: {message.text} on {message.location['url']}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.append(f"answer {response.status}: {response.url}")


class Visitor:
    """A person at a browser; ``say`` gives the words of the interface in the language that is read."""

    def __init__(self, context: BrowserContext, url: str, say: Callable[..., str], *, scripts: bool = True) -> None:
        self.context = context
        self.url = url
        self.say = say
        self.scripts = scripts
        self.page = context.new_page()

    def opens(self, path: str) -> None:
        """Open a page of the product."""
        self.page.goto(self.url + path)

    def logs_in(self, person: Person, *, at: str = "/login") -> None:
        """Log in, on the page that is asked for or where that leads to."""
        self.opens(at)
        self.types_name_and_password(person)

    def types_name_and_password(self, person: Person) -> None:
        """Fill in the login form that is open, and send it."""
        self.page.locator("[name=username]").fill(person.username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.presses("登录", within="main")
        expect(self.page.locator("header details.account")).to_be_visible()
        if self.scripts:  # a key that is pressed before they run is a key nobody hears
            expect(self.page.locator("html.js")).to_have_count(1)

    def logs_out(self) -> None:
        """Leave."""
        self.page.locator("header details.account summary").click()
        self.presses("退出登录")
        expect(self.page.locator("header details.account")).to_have_count(0)

    def button(self, text: str, within: str = "body") -> Locator:
        """Return the button with these words (given in Chinese)."""
        return self.page.locator(within).get_by_role("button", name=self.say(text), exact=True)

    def presses(self, text: str, within: str = "body") -> None:
        """Press the button with these words (given in Chinese)."""
        self.button(text, within).click()

    def follows(self, text: str, within: str = "main") -> None:
        """Follow the first link that begins with these words (given in Chinese)."""
        self.page.locator(within).get_by_role("link", name=self.say(text)).first.click()

    def fills(self, **answers: str | bool | list[str]) -> None:
        """Answer questions by the names of their fields; ``records__0__method`` is a field in a row."""
        for name, answer in answers.items():
            self._answers(name.replace("__", "-"), answer)

    def _answers(self, name: str, answer: str | bool | list[str]) -> None:
        fields = self.page.locator(f'main [name="{name}"]')
        kind = fields.first.get_attribute("type") or fields.first.evaluate("field => field.localName")
        if isinstance(answer, bool):
            fields.set_checked(answer)
        elif kind in ("radio", "checkbox"):
            for one in [answer] if isinstance(answer, str) else answer:
                self.page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "select":
            fields.select_option(answer)
        else:
            fields.fill(answer)

    def chooses(self, name: str, file: str) -> None:
        """Choose a file; without scripts it travels with the form."""
        given = {"name": file, "mimeType": "application/pdf", "buffer": PDF}
        self.page.locator(f'main input[type=file][name="{name}"]').set_input_files([given])

    def uploads(self, name: str, file: str = "证据.pdf") -> None:
        """Choose a file; where scripts run, wait until the server has it."""
        kept = self.page.locator(f'main li[data-kept] input[name="{name}"]')
        before = kept.count()
        self.chooses(name, file)
        if self.scripts:
            expect(kept).to_have_count(before + 1)

    def adds_row(self, name: str) -> None:
        """Add a row to a part of the form that is repeated."""
        self.page.locator(f'[data-rows="{name}"] > [data-add-row]').click()

    def heading(self) -> str:
        """Return the page's heading."""
        return self.page.locator("h1").inner_text().strip()

    def sees(self, text: str, within: str = "main") -> None:
        """Wait until these words (as they are) stand on the page."""
        expect(self.page.locator(within).first).to_contain_text(text)

    def untranslated(self) -> list[str]:
        """Return what the product says in Chinese on this page, in its headings, labels and buttons."""
        return list(self.page.locator(INTERFACE).evaluate_all(UNTRANSLATED))
