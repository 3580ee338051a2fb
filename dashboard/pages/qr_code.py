"""A QR code as the path of an SVG: a stroke of one unit for each run of dark modules."""

from itertools import groupby

import segno

BORDER = 4  # light modules around it, as readers want


def qr_path(text: str) -> tuple[str, int]:
    """The path's `d`, and the length of a side; to be stroked one unit wide."""
    rows = segno.make(text, error="m", micro=False).matrix_iter(border=BORDER)
    size, strokes = 0, list[str]()
    for y, row in enumerate(rows):
        size, x = y + 1, 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                strokes.append(f"M{x} {y}.5h{length}")
            x += length
    return "".join(strokes), size
