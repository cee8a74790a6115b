"""The engine room: text in, text out. The only place that knows SpiffWorkflow; no database, no request, no clock."""

from app.engine.data import Data
from app.engine.errors import DataRefused, DiagramRefused, EngineError, NothingWaits, StepFailed, TooManyTurns
from app.engine.labels import in_english
from app.engine.outlines import OutlineStep, outline
from app.engine.positions import Position, Ready, Wait
from app.engine.running import Operate, act, complete, lapse, look, start
from app.engine.versions import Node, Part, ProcessVersion, digest, read_folder, version

__all__ = [
    "Data",
    "DataRefused",
    "DiagramRefused",
    "EngineError",
    "Node",
    "NothingWaits",
    "Operate",
    "OutlineStep",
    "Part",
    "Position",
    "ProcessVersion",
    "Ready",
    "StepFailed",
    "TooManyTurns",
    "Wait",
    "act",
    "complete",
    "digest",
    "in_english",
    "lapse",
    "look",
    "outline",
    "read_folder",
    "start",
    "version",
]
