"""Put the house together: database, keys, sessions, languages. Called once for each application."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, request
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import make_url
from werkzeug.exceptions import RequestURITooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from app import audit
from app.documents import fonts, store
from app.models import connection, db, types
from app.services import (
    adjudication,  # noqa: F401  (each of these lists its steps, acts and operations)
    archiving,  # noqa: F401
    awards,  # noqa: F401
    beside,  # noqa: F401
    correcting,  # noqa: F401
    mediation,  # noqa: F401
    roster,  # noqa: F401
    second_factor,
)
from config import field_keys

if TYPE_CHECKING:
    from config import Config

migrate = Migrate(compare_type=True, render_as_batch=True)
csrf = CSRFProtect()


def install(app: Flask, config: Config) -> None:
    """Set up everything that pages, API, jobs and commands have in common."""
    instance = Path(config.INSTANCE).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    app.config.from_object(config)
    app.config.update(
        PEIYOU=config,
        DEMO=config.demo,
        SQLALCHEMY_DATABASE_URI=database_url(config.DATABASE_URL, instance),
        SQLALCHEMY_ENGINE_OPTIONS=connection.options(config.DATABASE_URL),
        SESSION_COOKIE_NAME="peiyou",
        SESSION_COOKIE_SECURE=config.SECURE_COOKIES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=config.UPLOAD_LIMIT + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form may lie open over lunch
        WTF_CSRF_SSL_STRICT=config.SECURE_COOKIES,
        TESTING=config.MODE == "test",
    )
    if config.PROXIES:
        app.wsgi_app = ProxyFix(app.wsgi_app, config.PROXIES, config.PROXIES, config.PROXIES, config.PROXIES)  # type: ignore[method-assign]
    keys, current = field_keys(config)
    types.set_keys(keys, current, index=list(keys)[-1])  # the oldest key keeps the look-up index stable
    audit.set_seal_key(config.EVENTS_KEY.encode())
    second_factor.require_of(config.second_factor_roles)
    store.use(instance / "files")
    fonts.require()
    db.init_app(app)
    with app.app_context():
        connection.set_up(db.engine)
    app.before_request(_begin_as_reader_or_writer)  # before anything asks the database
    app.before_request(_refuse_long_addresses)
    migrate.init_app(app, db)
    csrf.init_app(app)


LONGEST_ADDRESS = 4000  # half of what gunicorn lets through (gunicorn.conf.py)

# What is posted because it takes long, and changes nothing.
ONLY_READ = ("administration.audit",)


def _begin_as_reader_or_writer() -> None:
    connection.reading.set(request.method in ("GET", "HEAD", "OPTIONS") or request.endpoint in ONLY_READ)


def _refuse_long_addresses() -> None:
    """Refuse a longer address than any page makes, with a page or a problem; the server itself has neither."""
    if len(request.environ.get("PATH_INFO", "")) + len(request.environ.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        raise RequestURITooLarge


def database_url(text: str, instance: Path) -> str:
    """Return the address for SQLAlchemy: a bare SQLite name lies in the instance folder, PostgreSQL speaks psycopg."""
    url = make_url(text)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_absolute():
        url = url.set(database=str(instance / url.database))
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)
