"""Our icons: thin strokes as path data, so that no icon font has to be loaded."""

_STROKE = "@@fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round"


def _drawn(*paths: str) -> str:
    """Quasar's notation for a drawn icon: path@@style, joined by &&, then the view box."""
    return "&&".join(path + _STROKE for path in paths) + "|0 0 24 24"


ICONS = {
    "people": _drawn(
        "M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7",
        "M2.5 20a6.5 6.5 0 0 1 13 0",
        "M16 4.4a3.5 3.5 0 0 1 0 6.3",
        "M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
    ),
    "search": _drawn("M10.5 17a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13", "M15.5 15.5L20.5 20.5"),
    "close": _drawn("M6 6L18 18", "M18 6L6 18"),
    "download": _drawn("M12 4V15", "M7.5 10.5L12 15l4.5-4.5", "M4.5 19.5H19.5"),
    "upload": _drawn("M12 15V4", "M7.5 8.5L12 4l4.5 4.5", "M4.5 19.5H19.5"),
    "previous": _drawn("M14.5 6L8.5 12l6 6"),
    "next": _drawn("M9.5 6l6 6l-6 6"),
    "first": _drawn("M17 6l-6 6l6 6", "M7 6V18"),
    "up": _drawn("M6 14.5L12 8.5l6 6"),
    "down": _drawn("M6 9.5L12 15.5l6-6"),
    "filter": _drawn("M4 6H20M7 12H17M10 18H14"),
    "jobs": _drawn("M4 6.5l1.5 1.5L8.5 5", "M4 15.5l1.5 1.5l3-3", "M12 7H20M12 16H20"),
    "pause": _drawn("M9 5.5v13M15 5.5v13"),
    "play": _drawn("M8 5l11 7l-11 7z"),
    "copy": _drawn("M9 9h10v11H9z", "M15 9V4H5v11h4"),
    "done": _drawn("M5 12.5l4.5 4.5L19 7.5"),
    "retry": _drawn("M19.5 12a7.5 7.5 0 1 1-2.2-5.3", "M19.5 3.5v4.5h-4.5"),
    "sun": _drawn(
        "M12 16a4 4 0 1 0 0-8a4 4 0 0 0 0 8",
        "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2",
        "M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    ),
    "moon": _drawn("M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5"),
    "auto": _drawn("M12 20.5a8.5 8.5 0 1 0 0-17a8.5 8.5 0 0 0 0 17", "M12 3.5v17"),
    "more": _drawn("M12 5a.7.7 0 1 0 .01 0z", "M12 11.3a.7.7 0 1 0 .01 0z", "M12 17.6a.7.7 0 1 0 .01 0z"),
    "log": _drawn("M6 3.5H18V20.5H6z", "M9 8H15M9 12H15M9 16H13"),
    "eye": _drawn(
        "M2.5 12S6 5.5 12 5.5S21.5 12 21.5 12S18 18.5 12 18.5S2.5 12 2.5 12",
        "M12 14.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5",
    ),
    "eye_off": _drawn(
        "M4 4L20 20",
        "M9.9 5.8A9 9 0 0 1 12 5.5C18 5.5 21.5 12 21.5 12a16 16 0 0 1-2.6 3.3",
        "M6.3 7.6A15.6 15.6 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.2-1",
    ),
    "plus": _drawn("M12 5V19", "M5 12H19"),
    "trash": _drawn("M5 7H19", "M9.5 7V4.5h5V7", "M6.5 7l1 13h9l1-13", "M10 11v5.5M14 11v5.5"),
    "edit": _drawn("M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z", "M13.5 7L17 10.5"),
    "bell": _drawn("M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10", "M10 19.5a2.2 2.2 0 0 0 4 0"),
    "mail": _drawn("M3.5 6h17v12.5h-17z", "M4 6.5l8 6.5l8-6.5"),
    "phone": _drawn("M8 3.5h8v17H8z", "M11 17.5h2"),
    "push": _drawn("M7 3.5h7v17H7z", "M17 8a5.5 5.5 0 0 1 0 8", "M10 17.5h1"),
    "chat": _drawn("M4 5h16v11.5H11L6.5 20.5v-4H4z"),
    "alert": _drawn("M12 4L21 19.5H3z", "M12 10v4.5M12 17v.01"),
    "info": _drawn("M12 20.5a8.5 8.5 0 1 0 0-17a8.5 8.5 0 0 0 0 17", "M12 11v5M12 8v.01"),
    "key": _drawn("M8 15.5a4 4 0 1 0 0-8a4 4 0 0 0 0 8", "M12 11.5h9v3.5M17.5 11.5V14"),
    "columns": _drawn("M4 5h16v14H4z", "M9.5 5v14M14.8 5v14"),
    "sort": _drawn("M8 5v14M4.5 15.5L8 19l3.5-3.5", "M16 19V5M12.5 8.5L16 5l3.5 3.5"),
    "menu": _drawn("M4 7H20M4 12H20M4 17H20"),
    "back": _drawn("M19 12H5", "M10.5 6L4.5 12l6 6"),
    "logout": _drawn("M14 4.5H5v15h9", "M10 12h10.5M17 8l4 4l-4 4"),
    "keyboard": _drawn("M3 6.5h18v11H3z", "M6.5 10v.01M10 10v.01M14 10v.01M17.5 10v.01M8 14h8"),
    "clock": _drawn("M12 20.5a8.5 8.5 0 1 0 0-17a8.5 8.5 0 0 0 0 17", "M12 7.5V12l3 2"),
    "link": _drawn(
        "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1", "M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"
    ),
    "star": _drawn("M12 4l2.4 5.2l5.6.6l-4.2 3.8l1.2 5.6L12 16.3l-5 2.9l1.2-5.6L4 9.8l5.6-.6z"),
    "settings": _drawn(
        "M12 15.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7",
        "M12 3v3M12 18v3M3 12h3M18 12h3",
        "M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2",
    ),
}


def icon(name: str) -> str:
    """The drawing for a name, ready for an `icon=` argument."""
    return ICONS[name]
