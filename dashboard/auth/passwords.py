"""Passwords as Argon2id hashes, worked out beside the event loop: a click goes before a hash."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.refusals import Refusal

T = TypeVar("T")
SHORTEST, LONGEST = 12, 256
MOST_AT_ONCE = max(1, min(2, (os.cpu_count() or 2) - 1))  # a core is left to whoever is in already
MOST_WAITING = 60  # some seconds of hashes; one address alone has half as many tries before it must wait
YIELDS = 10  # a nice value
MEMORY_KIB, ROUNDS, LANES = 47_104, 1, 1  # OWASP's first choice for Argon2id
GUESSED = 64  # characters that are weighed; more cannot make it weaker
STRONG = 3  # of zxcvbn's 4: safe where the hash is slow
OURS = ("novu", "dashboard", "operator", "subscriber")


class WeakPassword(Refusal):
    """The password may not be used; the sentence says why."""


class WrongPassword(Refusal):
    """Name or password is wrong, or the account is locked; which of them is not said."""

    def __init__(self) -> None:
        super().__init__("Name or password is wrong, or the account is locked.")


class TooBusy(Refusal):
    """So many passwords are waiting to be looked at that one more would only wait in vain."""

    wait_s = 5

    def __init__(self) -> None:
        super().__init__(f"Too many people are signing in at this moment. Try again in {self.wait_s} s.")


class Passwords:
    """Make and check hashes, or raise TooBusy. A name that does not exist costs as much as one that does."""

    def __init__(self, hasher: PasswordHasher | None = None, *, most_waiting: int = MOST_WAITING) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "passwords", initializer=_step_back)
        self._waiting, self._most_waiting = 0, most_waiting
        self._nobodys = self._hasher.hash("the password of nobody")

    async def hash(self, password: str) -> str:
        return await self._beside(self._hasher.hash, password)

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Whether it is this password; with no hash to compare, the same work for a No."""
        is_it = await self._beside(self._check, hashed or self._nobodys, password)
        return is_it and hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(hashed)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _check(self, hashed: str, password: str) -> bool:
        try:
            is_it = self._hasher.verify(hashed, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return is_it and len(password) <= LONGEST

    async def _beside(self, work: Callable[..., T], *values: str) -> T:
        if self._waiting >= self._most_waiting:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *values)
        finally:
            self._waiting -= 1


def _step_back() -> None:
    """Lower this thread's priority; only Linux has one for a single thread."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), YIELDS)


async def check_strength(password: str, name: str) -> None:
    """Raise WeakPassword when it is short, much too long, easy to guess, or holds the name.

    What is easy is known from lists of passwords that leaked, from words, dates and keyboards.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password has at least {SHORTEST} characters; a sentence is fine.")
    if len(password) > LONGEST:
        raise WeakPassword(f"A password has at most {LONGEST} characters.")
    holds_name = len(name) > 3 and name.lower() in password.lower()
    if holds_name or await asyncio.to_thread(_strength, password, name) < STRONG:
        raise WeakPassword("This password is too easy to guess: it is common, or holds the name.")


def _strength(password: str, name: str) -> int:
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take 14 MB, and passwords are seldom set

    return int(zxcvbn(password[:GUESSED], user_inputs=[name, *OURS])["score"])
