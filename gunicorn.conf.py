"""How gunicorn serves: one process and a few threads unless the environment asks for more.

PEIYOU_BIND: address and port. WEB_CONCURRENCY: processes (with PostgreSQL). PEIYOU_THREADS: threads of each.
"""

import os
from pathlib import Path

wsgi_app = "wsgi:app"
bind = os.environ.get("PEIYOU_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("PEIYOU_THREADS", "8"))
timeout = 60
limit_request_line = 8190  # the most it takes: what is too long is told by the product, as long as it arrives there
graceful_timeout = 30
keepalive = 5
loglevel = os.environ.get("PEIYOU_LOG_LEVEL", "warning")
proc_name = "peiyou"
control_socket_disable = True  # two installations of one person would meet in its home folder
# a worker's sign of life must not wait for a disk
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - shared memory, not a temporary file
