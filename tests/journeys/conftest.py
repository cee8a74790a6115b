"""A server of its own for each journey, a headless Chromium, and an eye on everything that goes wrong in it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from app.models import db
from tests.flows.office import Office, build
from tests.journeys.visitor import Complaints, Visitor
from tools.tests import BROWSERS

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return a headless Chromium."""
    if os.environ.get("PEIYOU_NO_BROWSER"):
        pytest.skip("this machine has no Chromium, and none could be installed")
    program = os.environ.get("PEIYOU_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "no Chromium: make test installs one, or PEIYOU_CHROMIUM says where it is"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return a small office whose facts are known by heart: reading them later would hold the database's one pen."""
    office = build(app, session)
    for one in (office.unit, office.requesting, office.responding, office.elsewhere):
        session.refresh(one)
    session.expunge_all()
    session.rollback()
    return office


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, *_: object) -> None:
        pass


@pytest.fixture
def url(app: Flask, office: Office) -> Iterator[str]:
    """Serve the office to browsers; each request has a thread, and so a database session, of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fail the test if anything went wrong in the browser."""
    found = Complaints()
    yield found
    assert not found, "\n".join(found)


def speaker(app: Flask, locale: str) -> Callable[..., str]:
    """Return what says a text of the interface in that language."""

    def say(text: str, **values: object) -> str:
        with app.test_request_context(), force_locale(locale):
            return str(gettext(text, **values))

    return say


@pytest.fixture
def opening(chromium: Browser, url: str, app: Flask, complaints: Complaints) -> Iterator[Callable[..., Visitor]]:
    """Return what opens another browser window, with cookies of its own."""
    contexts: list[BrowserContext] = []

    def open_window(locale: str = "zh_CN", **options: object) -> Visitor:
        wishes = {"locale": locale.replace("_", "-"), "timezone_id": "Asia/Shanghai", "viewport": WIDE, **options}
        context = chromium.new_context(**wishes)
        context.set_default_timeout(PATIENCE)
        context.on("page", complaints.watch)
        contexts.append(context)
        return Visitor(context, url, speaker(app, locale), scripts=bool(wishes.get("java_script_enabled", True)))

    yield open_window
    for context in contexts:
        context.close()
    db.session.rollback()


@pytest.fixture
def visitor(opening: Callable[..., Visitor]) -> Visitor:
    """Return somebody at a browser who reads Chinese."""
    return opening()
