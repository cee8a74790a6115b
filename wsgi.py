"""The application for a WSGI server and for the ``flask`` command."""

import sys

from app import create_app
from config import ConfigError, from_environment

try:
    app = create_app(from_environment())
except ConfigError as error:
    sys.exit(str(error))
