"""Papers of a project filed for a call. They come from outside: the office makes none of them."""

from __future__ import annotations

from app.documents.catalogue.entries import attachment

ATTACHMENTS = (
    attachment("PY95", "project_materials", "项目申报材料", "Papers of a project"),
    attachment("PY96", "project_result_paper", "项目结果文件", "Paper on the result of a project"),
    attachment("PY97", "project_deliverable", "项目成果材料", "Papers on what a project achieved"),
)
