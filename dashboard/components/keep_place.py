"""The keyboard stays where it was when what it stood on is drawn anew, by a click or behind a dialog."""

from nicegui.element import Element

KEEP = """(event) => {
    if (event.type === 'keydown' && !(event.altKey && event.code === 'KeyZ')) return;
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
    """For an element whose content is redrawn after a click on a button in it, another value, or Alt+Z."""
    for event in ("click", "change", "keydown"):
        body.on(event, js_handler=KEEP)


# Places are remembered by their ids, for a dialog may stay long: no element is held that is gone meanwhile.
OPENS = """() => {
    const openers = (window.openers ||= {}), from = document.activeElement;
    const name = (one) => one.getAttribute('aria-label') || one.innerText;
    const kinds = 'button, input, select, textarea, summary, a[href]';
    const controls = (place) => [...place.querySelectorAll(kinds)].filter((one) => one.checkVisibility());
    const was = name(from), places = [];
    const ends = (place) => !place || place.matches('.stage, .stage > *'); // another page is no successor
    for (let place = from.parentElement; !ends(place); place = place.parentElement)
        if (place.id) places.push([place.id, controls(place).indexOf(from)]);
    openers['%s'] = () => {
        for (const [id, at] of places) {
            const place = document.getElementById(id);
            if (!place?.checkVisibility()) {
                if (openers[id]) return openers[id]();
                continue;
            }
            const found = controls(place);
            if (found.length) return found.find((one) => name(one) === was) || found[at] || found.at(-1);
        }
    };
}"""
CLOSES = """() => setTimeout(() => {
    if (document.activeElement === document.body) openers['%s']?.()?.focus({preventScroll: true});
})"""


def give_back(dialog: Element, frame: Element) -> None:
    """Where a dialog's opener was redrawn or hidden meanwhile, go on at what has its name, or its place.

    `frame` holds all of the dialog. An opener inside a dialog that has closed leads on to that one's opener.
    """
    dialog.on("before-show", js_handler=OPENS % frame.html_id)
    dialog.on("hide", js_handler=CLOSES % frame.html_id)
