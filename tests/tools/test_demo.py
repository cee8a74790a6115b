"""Commands of the product in the demonstration's surroundings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_refusal_keeps_its_one_sentence_and_its_exit_code() -> None:
    command = [sys.executable, "-m", "tools.demo", "flask", "deadlines", "compute", "--rule", "TL99"]
    days = ["--received", "2026-03-02", "--from", "2026-03-02"]
    done = subprocess.run([*command, *days], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "没有“TL99”这条期限规则"
