"""What the environment may say, and what is refused at the start instead of being guessed."""

from __future__ import annotations

import base64

import pytest

from config import ConfigError, from_environment

KEY = base64.b64encode(b"k" * 32).decode()
GOOD = {
    "PEIYOU_SECRET_KEY": "s" * 32,
    "PEIYOU_EVENTS_KEY": "e" * 32,
    "PEIYOU_FIELD_KEYS": f"k1={KEY}",
    "PEIYOU_DATABASE_URL": "sqlite:///peiyou.db",
}


@pytest.mark.parametrize(("word", "means"), [("yes", True), (" ON ", True), ("1", True), ("no", False), ("0", False)])
def test_yes_and_no_are_said_in_known_words(word: str, means: bool) -> None:
    assert from_environment({**GOOD, "PEIYOU_SECURE_COOKIES": word}).SECURE_COOKIES is means


@pytest.mark.parametrize("word", ["ture", "enabled", "是"])
def test_an_unknown_word_is_not_taken_for_no(word: str) -> None:
    with pytest.raises(ConfigError, match="PEIYOU_SECURE_COOKIES"):
        from_environment({**GOOD, "PEIYOU_SECURE_COOKIES": word})


@pytest.mark.parametrize("text", ["²", "٣", "-1", ""])
def test_a_number_is_written_in_plain_digits(text: str) -> None:
    with pytest.raises(ConfigError, match="PEIYOU_PROXIES"):
        from_environment({**GOOD, "PEIYOU_PROXIES": text})


def test_two_keys_do_not_share_an_id() -> None:
    other = base64.b64encode(b"o" * 32).decode()
    with pytest.raises(ConfigError, match="k1"):
        from_environment({**GOOD, "PEIYOU_FIELD_KEYS": f"k1={KEY},k1={other}"})
