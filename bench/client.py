"""A small client over one kept connection, so that the server is measured and not the client."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

TIMING = re.compile(r'sql;desc="(\d+)".*?commit;desc="(\d+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what it cost: seconds as the client saw them, statements and commits as the server says."""

    status: int
    body: bytes
    headers: dict[str, str]
    seconds: float

    @property
    def json(self) -> Any:
        """Return the content as plain data."""
        return json.loads(self.body)

    @property
    def work(self) -> tuple[int, int]:
        """Return the number of statements and of commits."""
        found = TIMING.search(self.headers.get("server-timing", ""))
        assert found is not None, "the answer is not timed"
        return int(found[1]), int(found[2])


class Client:
    """One person at one connection."""

    def __init__(self, port: int, token: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.connection.close()

    def get(self, path: str) -> Answer:
        """Return the answer to a GET."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, content: Any, expects: int = 200) -> Answer:
        """Return the answer to a POST of JSON, each meant anew; anything but the expected status ends the bench."""
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(16)}
        answer = self._ask("POST", f"/api/v1{path}", body, headers)
        assert answer.status == expects, f"{path}: {answer.status} {answer.body.decode()[:500]}"
        return answer

    def signs_in(self, username: str, password: str) -> None:
        """Sign in as a browser would; the cookie is kept."""
        page = self.get("/login")
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page.body)
        assert token is not None, "the login page has no token"
        given = {"username": username, "password": password, "csrf_token": token[1].decode()}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._ask("POST", "/login", urlencode(given).encode(), headers)
        assert answer.status == 303, f"login: {answer.status}"

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        began = perf_counter()
        self.connection.request(method, path, body, {**self.headers, **headers})
        response = self.connection.getresponse()
        content = response.read()
        seconds = perf_counter() - began
        found = {name.lower(): value for name, value in response.getheaders()}
        if cookie := found.get("set-cookie"):
            self.headers["Cookie"] = cookie.partition(";")[0]
        return Answer(response.status, content, found, seconds)
