"""Where a file is dropped or picked: a real button for the keyboard, and a target for the mouse."""

from collections.abc import Awaitable, Callable

from nicegui import events, ui
from nicegui.elements.upload_files import FileUpload

from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.icons import icon

_OVER = "(event) => { event.preventDefault(); event.currentTarget.classList.add('over'); }"
_AWAY = "(event) => event.currentTarget.classList.remove('over')"
ONE_ONLY = "Several files were dropped, but only one is read at a time. Drop the others afterwards."


class FileDrop:
    """One file at a time, sent as soon as it is chosen. The browser's limit is a courtesy: check it again."""

    def __init__(
        self,
        text: str,
        hint: str,
        *,
        look: str = "primary",
        most_bytes: int,
        on_file: Callable[[FileUpload], Awaitable[None]],
        on_rejected: Callable[[], None],
    ) -> None:
        async def taken(event: events.UploadEventArguments) -> None:
            upload.reset()
            await on_file(event.file)

        with html.div().classes("drop-zone").mark("drop-zone") as zone:
            ui.icon(icon("upload"), size="22px").props('aria-hidden="true"')
            pick = button(text, look=look).mark("file-pick")
            html.p(hint).classes("muted small")
            upload = ui.upload(
                auto_upload=True, max_file_size=most_bytes, on_upload=taken, on_rejected=on_rejected
            )
            upload.classes("hidden")  # its own buttons have no names; ours does
        queue = f"getElement({upload.id}).$refs.qRef"
        pick.on("click", js_handler=f"() => {queue}.pickFiles()")
        zone.on("dragover", js_handler=_OVER)
        zone.on("dragleave", js_handler=_AWAY)
        taking = f"{queue}.addFiles(files); if (files.length > 1) emit();"
        dropped = f"const files = event.dataTransfer.files; {taking}"
        zone.on(
            "drop",
            lambda: ui.notify(ONE_ONLY),
            js_handler=f"(event) => {{ ({_OVER})(event); ({_AWAY})(event); {dropped} }}",
        )
