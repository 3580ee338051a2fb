"""Finds the environment that a call's key belongs to, or refuses the call."""

from collections.abc import Mapping
from dataclasses import dataclass

from .problems import nameless, refused
from .wire import Caller


@dataclass(frozen=True, slots=True)
class Keys:
    """The API keys and the environments they open."""

    callers: Mapping[str, Caller]

    def anyone(self) -> Caller:
        """For routes that need no key."""
        return next(iter(self.callers.values()))

    def known(self, authorization: str) -> Caller:
        """The environment of `Authorization: ApiKey <key>`; raises the service's 401 otherwise."""
        if not authorization.strip():
            raise refused(401, "Missing authorization header")
        scheme, _, key = authorization.partition(" ")
        if scheme not in ("ApiKey", "Bearer"):
            raise refused(401, f'Invalid authentication scheme: "{scheme}"')
        if scheme == "Bearer" or not key:
            raise nameless(401, "Unauthorized")
        if key not in self.callers:
            raise refused(401, "API Key not found")
        return self.callers[key]
