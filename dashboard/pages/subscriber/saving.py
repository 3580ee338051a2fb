"""Hand the operator everything about one person as a file."""

from nicegui import ui

from dashboard import paths
from dashboard.actions.whole import whole_data
from dashboard.components.shell import Stage
from dashboard.exports import ExportFile


async def download_whole(stage: Stage, subscriber_id: str) -> None:
    """Make the file, then let the browser fetch it. Raises ApiError or Refusal, and then there is no file."""
    path = await whole_data(stage.ctx, stage.visit, subscriber_id=subscriber_id)
    file = ExportFile(path, f"subscriber-{paths.slug(subscriber_id)[:80]}.json", "application/json")
    export_id = stage.ctx.exports.add(file, session_id=stage.visit.session_id)
    ui.download.from_url(paths.export_file(export_id))
