"""A browser for tests: every request stands alone, every page that comes back is looked over."""

from __future__ import annotations

import re
from collections import Counter
from contextvars import Context
from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from app.models import User, db
from tests.factories.people import PASSWORD


class Browser:
    """Somebody at a browser, with cookies and the hidden token of forms; looks at each page for what is never right."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self._token = ""

    def _goes(self, method: str, path: str, **more: Any) -> TestResponse:
        db.session.commit()  # what the test has set up is there for everybody
        # a context of its own: nothing of the test's request state reaches the product, and the other way round
        page: TestResponse = Context().run(getattr(self.client, method), path, **more)
        if page.mimetype == "text/html" and "<body" in page.text:  # neither a redirect nor a bare refusal
            look_over(page.text)
        return page

    def gets(self, path: str, expects: int = 200, headers: dict[str, str] | None = None) -> TestResponse:
        """Open a page."""
        page = self._goes("get", path, headers=headers)
        assert page.status_code == expects, f"{page.status_code} {page.headers.get('Location', '')}\n{page.text[:3000]}"
        return page

    def posts(self, path: str, data: dict[str, Any] | None = None, expects: int = 303) -> TestResponse:
        """Send a form with the token of a page that is open."""
        form = {**(data or {}), "csrf_token": self.token()}
        page = self._goes("post", path, data=form)
        if page.status_code < 400:
            self._token = ""  # what was done may have begun another session
        assert page.status_code == expects, f"{page.status_code}\n{page.text[:6000]}"
        return page

    def token(self) -> str:
        """Return the token that a form of this session carries."""
        if self._token:
            return self._token
        page = self._goes("get", "/login")
        page = self._goes("get", "/profile/password") if page.status_code == 303 else page
        found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
        assert found, page.text[:2000]
        self._token = found[1]
        return self._token

    def logs_in(self, user: User | str, password: str = PASSWORD, expects: int = 303, **more: str) -> TestResponse:
        """Sign in with a name and a password."""
        username = user if isinstance(user, str) else user.username
        return self.posts("/login", {"username": username, "password": password, **more}, expects)

    def is_signed_in(self) -> bool:
        """Say whether pages of one's own still open."""
        return self._goes("get", "/profile").status_code == 200


def look_over(html: str) -> None:
    """Check what holds for every page: strict HTML, one h1 with which the title begins, no id twice."""
    html5lib.HTMLParser(strict=True).parse(html)
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert len(headings) == 1, headings
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title and title[1].startswith(headings[0].strip()), (title and title[1], headings)
    twice = [i for i, n in Counter(re.findall(r'\bid="([^"]+)"', html)).items() if n > 1]
    assert not twice, twice
    assert "<script>" not in html and " style=" not in html
