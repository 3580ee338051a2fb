"""What NiceGUI asks of a method is answered as NiceGUI would, and looked up once."""

from collections.abc import Callable
from functools import partial

import pytest
from nicegui import helpers
from nicegui.helpers import functions
from nicegui.testing import User

from dashboard.components import html
from dashboard.components.quick_elements import read_signatures_once


class Kinds:
    """Every kind of method that may be handed over."""

    def none(self) -> None: ...

    def one(self, event: object) -> None: ...

    def optional(self, event: object = None, *rest: object, **more: object) -> None: ...

    def named(self, *, event: object) -> None: ...

    @classmethod
    def of_class(cls, event: object) -> None: ...

    @staticmethod
    def of_nobody(event: object) -> None: ...


@pytest.mark.parametrize(
    ("func", "wants"),
    [
        (Kinds().none, False),
        (Kinds().one, True),
        (Kinds().optional, False),
        (Kinds().named, True),
        (Kinds.of_class, True),
        (Kinds.of_nobody, True),
        (partial(Kinds().one, 1), False),
        (lambda: None, False),
        (lambda event: None, True),
        ([].append, True),
    ],
)
def test_who_wants_an_argument_is_known(
    func: Callable[..., object], wants: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helpers, "expects_arguments", None)
    read_signatures_once()
    assert [helpers.expects_arguments(func), functions.expects_arguments(func)] == [wants, wants]


async def test_a_second_element_reads_no_signature(operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    await operator.open("/subscribers")
    assert operator.client
    with operator.client:
        html.div("first")
        monkeypatch.delattr(functions, "signature")
        html.p("second").classes("a b").attributes(role="note")
    await operator.should_see("second")
