"""A password that is easy to guess is refused; a good one is kept so that nobody can read it."""

from __future__ import annotations

import argon2
import pytest

from app.domain.errors import RuleBroken
from app.domain.passwords import COMMON, check_password, hash_password, needs_rehash, verify_password

GOOD = "Lotus-7-pond"


@pytest.mark.parametrize("text", [GOOD, "correct horse battery staple", "岭南的荔枝Red2026", "aaabbbcccDDD111!"])
def test_a_good_password_is_accepted(text: str) -> None:
    check_password(text, "chen.wei")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ab1!xyz", "至少 10 个字符"),
        ("Ab1!" * 40, "最多 128 个字符"),
        ("abcdefgh12", "至少三种"),
        ("Chen.Wei.2026", "用户名"),
        ("1!ieW.nehc", "用户名"),
        ("Lotus-7777-pond", "连续出现"),
        ("P@ssw0rd123", "太常见"),
        ("Admin@12345!!", "太常见"),
        ("Ｐ＠ｓｓｗ０ｒｄ１２３", "太常见"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says) as refusal:
        check_password(text, "chen.wei")
    assert refusal.value.field == "password"


def test_a_user_name_within_a_long_phrase_is_no_reason_to_refuse() -> None:
    check_password("wei walks to the river at 6", "wei")


def test_the_common_passwords_are_written_the_way_they_are_compared() -> None:
    assert {text.casefold() for text in COMMON} == COMMON


def test_the_right_password_opens_and_no_other() -> None:
    kept = hash_password(GOOD)
    assert GOOD not in kept
    assert kept.startswith("$argon2id$")
    assert verify_password(kept, GOOD)
    assert not verify_password(kept, GOOD + " ")


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert hash_password(GOOD) != hash_password(GOOD)


def test_a_full_width_keyboard_gives_the_same_password() -> None:
    assert verify_password(hash_password("Lotus-7-pond"), "Ｌｏｔｕｓ－７－ｐｏｎｄ")


@pytest.mark.parametrize("stored", [None, "", "!", "$argon2id$broken"])
def test_an_account_without_a_usable_hash_opens_to_nobody(stored: str | None) -> None:
    assert not verify_password(stored, "nobody has this password")


@pytest.mark.parametrize("text", ["", "\ud800" * 10, "x" * 100_000])
def test_nonsense_is_a_wrong_password_and_no_error(text: str) -> None:
    assert not verify_password(hash_password(GOOD), text)


def test_a_hash_made_with_other_settings_is_renewed() -> None:
    older = argon2.PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD)
    assert verify_password(older, GOOD)
    assert needs_rehash(older)
    assert not needs_rehash(hash_password(GOOD))
