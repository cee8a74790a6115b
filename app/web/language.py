"""The language of a page: the person's own, else what they chose on this browser, else what the browser asks for."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from flask_babel import Babel
from werkzeug.wrappers import Response

from app.models import db
from app.services import profile
from app.services.changing import changing
from app.web.security import me, safe_next

CHINESE, ENGLISH = "zh_CN", "en"
COOKIE = "language"
A_YEAR = 365 * 24 * 3600

bp = Blueprint("language", __name__)
babel = Babel()


def install(app: Flask) -> None:
    """Let every text be said in the reader's language."""
    babel.init_app(app, default_locale=CHINESE, default_timezone="Asia/Shanghai", locale_selector=choose)
    app.register_blueprint(bp)


def choose() -> str:
    """Return the language of this request; Chinese unless something says English."""
    if not request:
        return CHINESE
    if not (request.endpoint or "").startswith("api.") and "_user_id" in session:
        user = me()
        if user.is_authenticated:
            return ENGLISH if user.language == ENGLISH else CHINESE
    chosen = request.cookies.get(COOKIE)
    if chosen in (CHINESE, ENGLISH):
        return chosen
    wishes = (tag.lower().partition("-")[0] for tag in request.accept_languages.values())
    return ENGLISH if next((wish for wish in wishes if wish in ("zh", "en")), "zh") == "en" else CHINESE


@bp.post("/language")
def switch() -> Response:
    """Change the language and stay on the page."""
    wanted = ENGLISH if request.form.get("language") == ENGLISH else CHINESE
    if me().is_authenticated:
        with changing(db.session()):
            profile.choose_language(db.session(), wanted, by=me())
    answer = redirect(safe_next(request.form.get("next")) or url_for("public.home"), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, wanted, max_age=A_YEAR, httponly=True, secure=secure, samesite="Lax")
    return answer
