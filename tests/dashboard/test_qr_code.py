"""The QR code is drawn as it was computed: module by module, with a light border."""

import re

import segno

from dashboard.pages.qr_code import BORDER, qr_path


def test_each_dark_module_is_drawn_and_no_light_one() -> None:
    text = "otpauth://totp/Novu-dashboard-Staging:ada?secret=JBSWY3DPEHPK3PXP&issuer=Novu-dashboard-Staging"
    path, size = qr_path(text)
    strokes = re.findall(r"M(\d+) (\d+)\.5h(\d+)", path)
    drawn = {(x, int(y)) for left, y, length in strokes for x in range(int(left), int(left) + int(length))}
    rows = segno.make(text, error="m", micro=False).matrix
    dark = {(x + BORDER, y + BORDER) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert drawn == dark
    assert size == len(rows) + 2 * BORDER
