"""Passwords: what is accepted (GB/T 22239-2019, 8.1.4: complexity), and how they are kept (Argon2id); digests of other secrets."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import RuleBroken

SHORTEST = 10
LONG_ENOUGH = 16
LONGEST = 128
CLASSES_WANTED = 3

# what people choose when ten characters of three kinds are asked for; compared without capitals and closing signs
_COMMON_LINES = """
    password1 password12 password123 password1234 password2024 password2025 password2026 passw0rd p@ssw0rd p@ssw0rd1
    p@ssw0rd12 p@ssw0rd123 p@ssword123 p@ssword1234 pa$$w0rd123 admin12345 admin123456 admin@123 admin@1234 admin@12345
    admin@123456 administrator1 root123456 root@123456 test123456 test@123456 welcome123 welcome1234 welcome@123
    qwerty1234 qwerty12345 qwerty123456 1qaz2wsx3edc 1qaz@wsx3edc 1qaz2wsx!qaz 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5
    zaq12wsxcde3 qazwsx1234 asdfgh1234 abc1234567 abc12345678 abc@123456 abcd123456 abcd@12345 abcd@123456 abcdef1234
    aa12345678 aa123456789 aa@123456 aa@12345678 a123456789 a1234567890 woaini1314 woaini1314520 woaini520 woaini@1314
    wodemima123 mima123456 iloveyou123 iloveyou520 huawei@123 huawei12#$ foshan123456 foshan@123 peiyou123456
    peiyou@123 letmein123 changeme123 changeme@123 default123 p@55w0rd123 1234qwer!@#$ qwer1234!@#$ 123qwe!@#
"""
COMMON = frozenset(_COMMON_LINES.split())

# OWASP's first choice for Argon2id with little memory: a worker serves several logins at once
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check_password(text: str, username: str) -> None:
    """Refuse a password that is too easy to guess; the sentence says what is missing."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) < SHORTEST:
        raise RuleBroken("密码至少 %(n)s 个字符", field="password", n=SHORTEST)
    if len(plain) > LONGEST:
        raise RuleBroken("密码最多 %(n)s 个字符", field="password", n=LONGEST)
    if len(plain) < LONG_ENOUGH and _classes(plain) < CLASSES_WANTED:
        raise RuleBroken(
            "密码应含大写字母、小写字母、数字、符号中的至少三种，或者不少于 %(n)s 个字符",
            field="password",
            n=LONG_ENOUGH,
        )
    if username and _is_made_of(plain.casefold(), username.casefold()):
        raise RuleBroken("密码不能是用户名，也不能只在用户名上加几个字符", field="password")
    if re.search(r"(.)\1{3}", plain):
        raise RuleBroken("密码中同一个字符不能连续出现超过三次", field="password")
    if plain.casefold() in COMMON or re.sub(r"\W+\Z", "", plain.casefold()) in COMMON:
        raise RuleBroken("这个密码太常见，很容易被猜到，请换一个", field="password")


def _classes(text: str) -> int:
    """Count which of capitals, small letters, digits and everything else occur."""
    kinds = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]")
    return sum(1 for kind in kinds if re.search(kind, text))


def _is_made_of(text: str, username: str) -> bool:
    """Say whether the text is the user name, forwards or backwards, with fewer than six characters around it."""
    rest = len(text) - len(username)
    return 0 <= rest < 6 and (username in text or username[::-1] in text)


def _bytes(text: str) -> bytes:
    # the same password from a full-width keyboard is the same password
    return unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass")


def hash_password(text: str) -> str:
    """Return what to keep of a password."""
    return _hasher.hash(_bytes(text))


def same(one: str, other: str) -> bool:
    """Say whether two texts are the same password."""
    return _bytes(one) == _bytes(other)


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")


def verify_password(stored: str | None, text: str) -> bool:
    """Say whether ``text`` is the password; with nobody's hash (``None``) say no, after the same time."""
    if len(text) > LONGEST:
        return False
    try:
        return _hasher.verify(_nobody() if stored is None else stored, _bytes(text)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Say whether the hash was made with other settings than today's; hash again at the next login."""
    return _hasher.check_needs_rehash(stored)


def digest(secret: str) -> str:
    """Return what is kept of a secret that is shown once."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
