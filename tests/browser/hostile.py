"""Text that would do harm where it is taken for anything but text; each sets `window.__xss` if it runs."""

TEXTS = (
    "<script>window.__xss=1</script>",
    "</script><script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    "<svg onload=window.__xss=1>",
    '<iframe srcdoc="<script>parent.__xss=1</script>">',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=window.__xss=1&gt;'>",
    '"><img src=x onerror=window.__xss=1>',
    "' onmouseover=window.__xss=1 '",
    "javascript:window.__xss=1",
    "JaVa\tscript:window.__xss=1",
    "data:text/html,<script>parent.__xss=1</script>",
    "{{7*7}}",
    "{{_openBlock.constructor('window.__xss=1')()}}",
    "${7*7}",
    "</title><script>window.__xss=1</script>",
    "</style><style>*{display:none}</style>",
    "background:url(//evil.example/?leak)",
    "\u202eabc",
    "a\u2028b\u2029c",
    "nul\x00l",
    "%0d%0aSet-Cookie: a=b",
    "\x1b[31mred",
    "line\r\n2026-11-25 INFO forged",
    "' OR 1=1--",
    '"near" * NEAR(a b) col:x',
    "100% _ \\ '",
    "=HYPERLINK(1)",
)
ALL = "\n".join(TEXTS)
LONG = "x" * 60_000
"""With the rest just below what the API takes as a body."""
SHORT = " ".join(text for text in TEXTS if text.isprintable())[:290]
"""As much as an error's text may have."""
