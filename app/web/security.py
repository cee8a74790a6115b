"""What guards every page: who is signed in and for how long, and the headers that tell a browser what it may do."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import LoginManager, current_user, login_user
from werkzeug.wrappers import Response

from app import clock
from app.models import User, db
from app.queries import people
from app.services import accounts, second_factor

LONGEST_SECONDS = 12 * 3600  # a session ends after half a day, however busy
SEEN_EVERY = 60  # how exactly idleness is measured; the cookie need not change with every request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# Where somebody may go who has to choose a password of their own first.
BEFORE_CHOOSING = frozenset({"profile.password", "profile.change_password", "sessions.end", "language.switch"})

# … and who has to set up a second factor first.
BEFORE_ENROLLING = BEFORE_CHOOSING | {"second_factor.show", "second_factor.begin", "second_factor.confirm"}
MARK = "brings"  # what a session carries in which somebody without an account has brought files
HALFWAY_SECONDS = 300  # between the password and the second factor

login_manager = LoginManager()


def install(app: Flask) -> None:
    """Set up signing in, the ends of a session, and the headers of every answer."""
    login_manager.init_app(app)
    app.before_request(_keep_session)
    app.after_request(_add_headers)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(user_id: str) -> User | None:
    """Return the person of this session with their powers, or ``None`` when the session was ended."""
    epoch, mark = session.get("epoch"), session.get("mark")
    if not isinstance(epoch, int) or not isinstance(mark, str):
        return None
    return people.signed_in(db.session(), int(user_id), epoch, mark)


def sign_in(user: User) -> None:
    """Begin a new session for ``user``: nothing of the old one is kept but the language."""
    session.clear()
    login_user(user)
    session["epoch"] = user.session_epoch
    session["mark"] = secrets.token_urlsafe(16)
    session["began"] = session["seen"] = clock.wall()
    if accounts.must_choose_password(user):
        session["must_choose"] = True
    if second_factor.must_enrol(db.session(), user):
        session["must_enrol"] = True


def sign_in_halfway(user: User) -> None:
    """Remember, in place of the old session, that the password of ``user`` was right; nobody is signed in by that."""
    session.clear()
    session["halfway"] = [user.id, user.session_epoch, clock.wall()]


def halfway() -> User | None:
    """Return whose password was right a moment ago and whose second factor is waited for."""
    user_id, epoch, at = session.get("halfway") or (0, 0, 0)
    if clock.wall() - at > HALFWAY_SECONDS:
        return None
    return people.halfway_in(db.session(), user_id, epoch)


def keep_signed_in(user: User) -> None:
    """Let this session live on when all others of ``user`` have been ended; its content begins anew."""
    began = session.get("began", clock.wall())
    sign_in(user)
    session["began"] = began


def me() -> User:
    """Return who is asking."""
    return current_user._get_current_object()  # type: ignore[no-any-return]


def address() -> str:
    """Return from where the request comes."""
    return request.remote_addr or ""


def safe_next(target: str | None) -> str | None:
    """Return ``target`` if it is a path on this site, else ``None``: a login must not lead elsewhere."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\") or not target.isprintable():
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def _keep_session() -> Response | None:
    """End a session that was idle or has lasted too long; ask for a password of one's own. Asks no database."""
    endpoint = request.endpoint or ""
    if endpoint == "static" or endpoint.startswith(("api.", "health.")) or "_user_id" not in session:
        return None
    now = clock.wall()  # a demonstration whose clock is moved on must not sign everybody out
    idle = now - session.get("seen", 0) > current_app.config["SESSION_IDLE_MINUTES"] * 60
    if idle or now - session.get("began", 0) > LONGEST_SECONDS:
        session.clear()
        flash(gettext("为了安全，长时间未操作后需要重新登录"), "warning")
        return None
    if now - session["seen"] >= SEEN_EVERY:
        session["seen"] = now
    if session.get("must_choose") and endpoint not in BEFORE_CHOOSING:
        return redirect(url_for("profile.password"), 303)
    if session.get("must_enrol") and endpoint not in BEFORE_ENROLLING:
        return redirect(url_for("second_factor.show"), 303)
    return None


def _add_headers(response: Response) -> Response:
    headers = response.headers
    if "Content-Security-Policy" not in headers:  # a handed out file has a stricter one
        headers["Content-Security-Policy"] = POLICY
        headers["X-Frame-Options"] = "DENY"
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if ("_user_id" in session or MARK in session) and request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response
