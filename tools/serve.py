"""Serve the demonstration: pages and jobs together, until Ctrl-C.

Each line they say is marked with who said it. Jobs that die are started again; when the pages die, everything ends.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType

from tools import demo
from tools.machine import ROOT, VENV, say, stop

PATIENCE = 30  # seconds to start, and to stop
LONGEST_PAUSE = 60  # seconds between two starts of jobs that keep dying
FLASK = str(demo.FLASK)


LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """Let this new process be asked to end when the supervisor is gone, however that came about."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Service:
    """A program that runs beside others; its lines are passed on with its name in front."""

    def __init__(self, name: str, *command: str, environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call of the system, which takes no lock
            start_new_session=True,  # Ctrl-C reaches this supervisor alone, which then stops its services in order
        )
        threading.Thread(target=self._pass_on, args=(self.process,), daemon=True).start()

    def _pass_on(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            print(f"{self.name:>4} | {line}", end="", flush=True)

    @property
    def runs(self) -> bool:
        """Say whether it is running."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        if not self.runs:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def main() -> None:
    """Prepare the database, then serve on the port that was asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8000)
    port = asked.parse_args().port
    _check_port(port)
    environment = demo.environment(port) | {"PEIYOU_BIND": f"127.0.0.1:{port}"}
    demo.prepare(environment)
    signal.signal(signal.SIGTERM, _interrupted)
    _serve(port, environment)


def _check_port(port: int) -> None:
    if not 0 < port < 65536:
        stop(f"端口 {port} 不存在，请用 1 到 65535。", f"There is no port {port}; use 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            stop(f"端口 {port} 需要管理员权限，请换一个。", f"Port {port} is reserved for root; choose another one.")
        except OSError:
            stop(
                f"端口 {port} 已被占用，请换一个：make run PORT={port + 1}",
                f"Port {port} is in use; choose another one: make run PORT={port + 1}",
            )


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _serve(port: int, environment: dict[str, str]) -> None:
    web = Service("web", str(VENV / "bin" / "gunicorn"), environment=environment)
    jobs = Service("jobs", FLASK, "jobs", "run", environment=environment)
    accounts = subprocess.Popen(
        [FLASK, "demo", "accounts"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        _wait_for(web, port)
        print(accounts.communicate()[0], flush=True)
        print(f"  培优 · Peiyou   http://127.0.0.1:{port}   （Ctrl-C 停止 · to stop）\n", flush=True)
        _watch(web, jobs)
    except KeyboardInterrupt:
        say("正在停止 · stopping")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        web.stop()
        jobs.stop()


def _wait_for(web: Service, port: int) -> None:
    for _ in range(PATIENCE * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if not web.runs:
            break
        time.sleep(0.1)
    stop("页面服务没有启动，原因见上。", "The pages did not start; the reason is above.")


def _watch(web: Service, jobs: Service) -> None:
    pause, since = 1, time.monotonic()
    while web.runs:
        time.sleep(1)
        if jobs.runs or time.monotonic() - since < pause:
            continue
        # what dies again and again is started at longer and longer intervals
        pause = min(pause * 2, LONGEST_PAUSE) if time.monotonic() - since < LONGEST_PAUSE * 2 else 1
        say("任务进程已退出，重新启动 · the jobs ended and are started again")
        jobs.start()
        since = time.monotonic()
    sys.exit("页面服务已退出。\nThe pages have ended.")


if __name__ == "__main__":
    main()
