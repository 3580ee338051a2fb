"""The person shown beside the list: keeps drawer, address and the marked row in step."""

from collections.abc import Callable

from dashboard.components.people_table import Looked
from dashboard.components.shell import Stage
from dashboard.pages.subscribers.beside import Beside
from dashboard.pages.subscribers.rows import ListRows


class Looking:
    """Draws the drawer's place where it is made. `url` is the list's address with somebody beside it."""

    def __init__(
        self, stage: Stage, rows: ListRows, *, url: Callable[[str], str], shortcuts: Callable[[], bool]
    ) -> None:
        self.address, self.rows, self.url = stage.address, rows, url
        self.beside = Beside(
            stage,
            rows=lambda: rows.people,
            shortcuts=shortcuts,
            on_close=self.look_away,
            on_step=self.walk_to,
        )

    @property
    def who(self) -> str:
        """Whom; an empty text for nobody."""
        return self.beside.who

    def look_at(self, looked: Looked) -> None:
        """Look at somebody. That is a step of the address; walking on from there is none."""
        if looked["walks"]:
            self.walk_to(looked["id"])
            return
        move = self.address.replace if self.who else self.address.open
        self.follow(looked["id"], takes_focus=True)
        move(self.url(self.who))

    def walk_to(self, subscriber_id: str) -> None:
        """Another one, while somebody is looked at."""
        if self.who:
            self.follow(subscriber_id)
            self.address.replace(self.url(self.who))

    def look_away(self) -> None:
        """Nobody is looked at any more. The address first: the button that closes goes with the drawer."""
        self.address.close(self.url(""))
        self.follow("")

    def follow(self, subscriber_id: str, *, takes_focus: bool = False) -> None:
        """Show this one, or nobody; then the keyboard goes back to the row."""
        before, table = self.who, self.rows.table
        if subscriber_id:
            self.beside.open(subscriber_id, takes_focus=takes_focus)
        elif before:
            self.beside.close()
        if table:
            table.set_beside(subscriber_id)
            if before and not subscriber_id:
                table.focus_row(before)

    def on_rows(self) -> None:
        """Other rows: whose row is marked, and who the neighbours are."""
        if self.rows.table:
            self.rows.table.set_beside(self.who)
        self.beside.show_steps()
