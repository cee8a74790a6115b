"""The supervisor of the demonstration: what it has started does not outlive it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUPERVISOR = """
import os, time
from tools.serve import Service
service = Service("one", "sleep", "60", environment=dict(os.environ))
print(service.process.pid, flush=True)
time.sleep(60)
"""


def is_running(pid: int) -> bool:
    """Say whether the process is there and not only its remains, which nobody has collected yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for it")
def test_services_end_when_their_supervisor_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SUPERVISOR], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        service = int(process.stdout.readline())
        assert is_running(service)
        process.send_signal(signal.SIGKILL)
    patience = time.monotonic() + 10
    while is_running(service) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not is_running(service)
