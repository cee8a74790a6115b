"""A mail server of the tests' own, on this machine, that keeps what it takes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """What arrived, and for whom; ``slowly`` is how many seconds it takes over each."""

    def __init__(self, slowly: float = 0) -> None:
        self.slowly = slowly
        self.address = ""
        self.mails: list[EmailMessage] = []
        self.to: list[list[str]] = []

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.to.append(envelope.rcpt_tos)
        await asyncio.sleep(self.slowly)
        return "250 taken"


@contextmanager
def mail_server(slowly: float = 0) -> Iterator[Sink]:
    """Run a mail server as long as the block lasts."""
    sink = Sink(slowly)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    sink.address = f"smtp://127.0.0.1:{port}"
    try:
        yield sink
    finally:
        server.stop()
