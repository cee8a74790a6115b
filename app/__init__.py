"""Peiyou: case management for a city's intellectual-property office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from config import Config


def create_app(config: Config) -> Flask:
    """Return the application: pages, API and commands over one database."""
    from app import api, commands, web
    from app.edge import timing
    from app.installation import install

    app = Flask(__name__)
    install(app, config)
    web.install(app)
    api.install(app)
    commands.install(app)
    timing.install(app)
    return app
