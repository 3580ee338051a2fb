"""What can be done with the person as a whole: test message, online state, data file, deletion."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from api_client import Subscriber
from dashboard.actions import subscribers as actions
from dashboard.auth import Permission
from dashboard.components.menu import MenuItem, menu_button
from dashboard.components.permission_button import permission_button
from dashboard.components.shell import Stage
from dashboard.feedback import reports_errors, succeed
from dashboard.pages.subscriber.deleting import DeleteDialog
from dashboard.pages.subscriber.saving import download_whole
from dashboard.pages.subscriber.trying import TryOut
from dashboard.pages.subscriber.undoing import offer_undo

CLIENTS_REPORT = "Normally the person's own app reports this; it will again when it connects."


def draw_deeds(
    stage: Stage,
    person: Subscriber,
    *,
    on_changed: Callable[[], None],
    on_message: Callable[[str], None],
    on_undo: Callable[[], None],
    on_raw: Callable[[], None],
) -> None:
    """Buttons and a menu in the head."""
    deeds = Deeds(stage, person, on_changed)
    permission_button(
        "Send test", Permission.WRITE, stage, on_click=lambda: TryOut(stage, person, on_message).open()
    ).mark("send-test")
    state = "offline" if person.is_online else "online"
    items = [
        MenuItem(f"Set {state}", deeds.turn_online, "set-online", Permission.WRITE),
        MenuItem("Undo changes…", on_undo, "undo-changes"),
        MenuItem("Download all data", deeds.download, "download-data", Permission.EXPORT),
        MenuItem("Raw", on_raw, "raw-head"),
    ]
    menu_button(stage, "More", items, marker="person-menu")
    permission_button(
        "",
        Permission.DELETE,
        stage,
        icon="trash",
        look="danger",
        label="Delete this person",
        on_click=deeds.delete,
    ).mark("delete-person")


class Deeds:
    """The handlers behind the menu."""

    def __init__(self, stage: Stage, person: Subscriber, on_changed: Callable[[], None]) -> None:
        self.stage, self.person, self.on_changed = stage, person, on_changed
        self.page = ui.context.slot.parent

    @reports_errors
    async def turn_online(self) -> None:
        """Set what a client normally reports; says so."""
        was, who = bool(self.person.is_online), self.person.subscriber_id
        turn = partial(actions.set_online, self.stage.ctx, self.stage.visit, subscriber_id=who)
        await turn(is_online=not was)
        text = f"Set {'offline' if was else 'online'}. {CLIENTS_REPORT}"
        offer_undo(
            self.stage, self.page, who, text, take_back=partial(turn, is_online=was), then=self.on_changed
        )
        self.on_changed()

    @reports_errors
    async def download(self) -> None:
        """Everything about the person as one JSON file."""
        await download_whole(self.stage, self.person.subscriber_id)
        succeed("The file is complete; the download has started.")

    def delete(self) -> None:
        DeleteDialog(self.stage, self.person).open()
