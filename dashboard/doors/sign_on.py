"""Single sign-on: to the provider and back, bound to the browser that began, on record however it ends."""

from dataclasses import asdict
from typing import Any, cast

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.types import Scope

from dashboard.auth import Operator, Role
from dashboard.auth.links import LOCAL_ACTOR
from dashboard.auth.operators import NameTaken
from dashboard.auth.proofs import FOR
from dashboard.auth.provider import Begun, Identity, NotProven, Provider
from dashboard.auth.tokens import token_id
from dashboard.context import AppContext
from dashboard.doors.signing_in import SigningIn
from dashboard.refusals import Refusal

GOOD_FOR_S = 600
LONGEST_NAME = 60
BUILT_IN = frozenset({LOCAL_ACTOR})  # what stands in the log for somebody without an account


class NoRole(Refusal):
    """The provider knows the person, but none of the groups opens this dashboard."""

    def __init__(self) -> None:
        super().__init__(
            "Your account may not use this dashboard. Ask an administrator for one of its groups."
        )


class LockedOut(Refusal):
    """An administrator has locked the account here."""

    def __init__(self) -> None:
        super().__init__("Your account here is locked. Ask an administrator.")


class SignOn:
    """What the browser carries meanwhile is signed, and opens nothing without the provider's answer."""

    def __init__(self, ctx: AppContext, signing_in: SigningIn, provider: Provider, *, secret: str) -> None:
        self._ctx, self._signing_in, self._provider = ctx, signing_in, provider
        self._seal = URLSafeTimedSerializer(secret, salt="single sign-on")

    async def begin(self, back: str, wanted: str, *, again: bool = False) -> tuple[str, str]:
        """The provider's address, and what the browser keeps. Raises ProviderSilent, NotProven.

        `again`: somebody who is in already is to show who it is.
        """
        begun = await self._provider.begin(back, again=again)
        return begun.address, self._seal.dumps({**asdict(begun), "address": "", "wanted": wanted})

    async def finish(self, scope: Scope, query: dict[str, str], kept: str, back: str) -> tuple[str, str]:
        """The token of a new session, and the page that was wanted.

        Raises ProviderSilent, NotProven, NoRole or LockedOut, each with its line.
        """
        try:
            begun, wanted = self._fitting(query, kept)
            identity = await self._provider.finish(code=query.get("code", ""), begun=begun, back=back)
            operator = await self._admitted(identity)
        except Refusal as refusal:
            reason = refusal.reason if isinstance(refusal, NotProven) else ""
            await self._signing_in.refused(scope, f"{type(refusal).__name__}: {reason}".rstrip(": "))
            raise
        token = await self._signing_in.open_for(scope, operator, how="single sign-on")
        if identity.shown_at and abs(self._ctx.clock.now() - identity.shown_at) < FOR:
            self._ctx.proofs.note(token_id(token))
        return token, wanted

    async def sign_out_address(self, back: str) -> str | None:
        """Where one signs out of the provider itself, if it has such an address."""
        return await self._provider.sign_out_address(back)

    def _fitting(self, query: dict[str, str], kept: str) -> tuple[Begun, str]:
        """What was begun in this very browser within ten minutes, and not by whoever made a link."""
        try:
            found = cast("dict[str, Any]", self._seal.loads(kept, max_age=GOOD_FOR_S))
        except BadSignature:
            raise NotProven("nothing was begun in this browser, or too long ago") from None
        begun = Begun(*(str(found[name]) for name in ("address", "state", "nonce", "verifier")))
        if query.get("state") != begun.state:
            raise NotProven("another state came back")
        if "code" not in query:
            raise NotProven(f"the provider said: {query.get('error', 'nothing')[:60]}")
        return begun, str(found["wanted"])

    async def _admitted(self, identity: Identity) -> Operator:
        role = self._provider.role_of(identity)
        if role is None:
            await self._ctx.operators.locked_out(identity.key)
            raise NoRole
        operator = await self._arrived(identity, role)
        if operator.is_locked:
            raise LockedOut
        return operator

    async def _arrived(self, identity: Identity, role: Role) -> Operator:
        """A name that somebody else has gets a mark, for names are not what tells people apart."""
        name = "".join(filter(_is_of_names, identity.name))[:LONGEST_NAME] or "somebody"
        name = f"{name}@" if name in BUILT_IN else name
        try:
            return await self._ctx.operators.arrived(identity.key, name, role)
        except NameTaken:
            return await self._ctx.operators.arrived(
                identity.key, f"{name} #{token_id(identity.key)[:6]}", role
            )


def _is_of_names(sign: str) -> bool:
    """No brackets: `root (terminal)` is how the log writes whoever used the command line."""
    return sign.isprintable() and sign not in "()"
