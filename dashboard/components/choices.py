"""What somebody chose for this browser, kept in a cookie so that the next page is drawn so from the start."""

_KEEP = (
    "document.cookie = '%s=%s; path=/; max-age=%d; samesite=lax'"
    " + (location.protocol === 'https:' ? '; secure' : '');"
)


def keep_choice(name: str, value: str, *, seconds: int) -> str:
    """The script that keeps it; name and value are constants of ours, never what somebody typed."""
    return _KEEP % (name, value, seconds)
