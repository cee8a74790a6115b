"""The engine room: text in, text out. The only place that knows SpiffWorkflow; no database, no request, no clock."""

from app.engine.data import Data
from app.engine.errors import DataRefused, DiagramRefused, EngineError, NothingWaits, StepFailed, TooManyTurns
from app.engine.labels import in_english
from app.engine.outlines import OutlineStep, outline
from app.engine.positions import Position, Ready, Wait
from app.engine.running import Operate, act, complete, lapse, look, start
from app.engine.sheets import BadSheet, Column, Line, Sheet
from app.engine.sheets import read as read_sheet
from app.engine.sheets import write as write_sheet
from app.engine.versions import Node, Part, ProcessVersion, digest, read_folder, version

__all__ = [
    "BadSheet",
    "Column",
    "Data",
    "DataRefused",
    "DiagramRefused",
    "EngineError",
    "Line",
    "Node",
    "NothingWaits",
    "Operate",
    "OutlineStep",
    "Part",
    "Position",
    "ProcessVersion",
    "Ready",
    "Sheet",
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
    "read_sheet",
    "start",
    "version",
    "write_sheet",
]
