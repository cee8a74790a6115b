"""Set everything up, from nothing: ``python -m tools.setup run`` to serve, ``… test`` to test as well.

What is there already and made from the same files is left alone, so that a second start takes seconds.
"""

from __future__ import annotations

import os
import sys

from tools import assets, catalogues, packages
from tools.machine import ROOT


def main(purpose: str) -> None:
    """Bring virtual environment, assets and catalogues up to date."""
    os.chdir(ROOT)
    packages.make_environment()
    packages.install("app")
    if purpose == "test":
        packages.install("test")
    assets.build()
    catalogues.translate()


if __name__ == "__main__":
    main(*sys.argv[1:])
