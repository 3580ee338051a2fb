"""The keyboard stays where it was when what it stood on is drawn anew, as after a deed in a list."""

from nicegui.element import Element

KEEP = """(event) => {
    const place = event.currentTarget, was = event.target.closest('button, input, select');
    if (!was || was !== document.activeElement) return;
    const all = () => [...place.querySelectorAll('button, input, select')];
    const at = all().indexOf(was), name = was.getAttribute('aria-label');
    const watch = new MutationObserver(() => {
        if (was.isConnected) return;
        watch.disconnect();
        if (document.activeElement !== document.body) return;
        const found = all(), same = found.find((one) => name && one.getAttribute('aria-label') === name);
        (same || found[at] || found.at(-1))?.focus({preventScroll: true});
    });
    watch.observe(place, {childList: true, subtree: true});
    setTimeout(() => watch.disconnect(), 15000);
}"""
"""The same name, or the same place in the order; not where somebody has gone on meanwhile."""


def keep_place(body: Element) -> None:
    """For an element whose content is redrawn after a click on a button in it, or another value."""
    for event in ("click", "change"):
        body.on(event, js_handler=KEEP)
