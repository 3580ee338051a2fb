"""The identity provider: asks it who somebody is. Everything that touches Authlib is here.

Code flow with PKCE and a nonce; the token is checked for signature, issuer, audience, nonce and age, and
dropped: nothing of it reaches the browser.
"""

# Authlib has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false

import ssl
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import httpx  # noqa: TID251 - Authlib speaks through it, and its errors come out here
from joserfc.errors import JoseError

from dashboard.auth.permissions import Role
from dashboard.refusals import Refusal
from dashboard.settings_sign_on import SignOnSettings

with warnings.catch_warnings():
    from authlib.deprecate import AuthlibDeprecationWarning

    warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # it asks for httpx2, and takes httpx as well
    from authlib.integrations.starlette_client import OAuth, OAuthError

WAIT_S = 10.0
LONGEST_REASON = 120
# A signature that only the provider can make: `none` is not one, and with HS256 the client could make it too.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


class ProviderSilent(Refusal):
    """The provider cannot be reached, or does not answer as one."""

    def __init__(self) -> None:
        super().__init__("The single sign-on service does not answer as it should. Try again in a minute.")


class NotProven(Refusal):
    """What came back does not prove who somebody is; the log says which check failed."""

    def __init__(self, reason: str) -> None:
        super().__init__("The sign-on could not be completed. Start again from here.")
        self.reason = reason


@dataclass(frozen=True)
class Begun:
    """Where the browser is sent, and what must fit when it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is; `key` stays the same whatever the person is called."""

    key: str
    name: str
    groups: tuple[str, ...]
    shown_at: datetime | None = None
    """When the provider last asked who it is, where it says so."""


@cache
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts: read once. Authlib would read it five times a sign-on, 20 ms each."""
    return httpx.create_ssl_context()


class Provider:
    """One provider, known by its issuer."""

    def __init__(self, settings: SignOnSettings) -> None:
        self._settings = settings
        secret = settings.oidc_client_secret
        issuer = (settings.oidc_issuer or "").rstrip("/")
        self._client: Any = OAuth().register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scopes,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic" if secret else "none",
                "timeout": WAIT_S,
                "verify": _trusted(),
            },
        )

    async def begin(self, back: str, *, again: bool = False) -> Begun:
        """`again`: the provider is to ask, even if it knows. Raises ProviderSilent, NotProven."""
        extra = {"prompt": "login", "max_age": 0} if again else {}
        try:
            await self._known()
            made = await self._client.create_authorization_url(back, **extra)
        except (httpx.HTTPError, ValueError, KeyError, RuntimeError) as error:
            raise ProviderSilent from error
        return Begun(made["url"], made["state"], made["nonce"], made["code_verifier"])

    async def finish(self, *, code: str, begun: Begun, back: str) -> Identity:
        """Exchange the code and read the id token. Raises ProviderSilent, NotProven."""
        try:
            await self._known()
            token = await self._client.fetch_access_token(
                redirect_uri=back, code=code, code_verifier=begun.verifier
            )
            claims = await self._client.parse_id_token(
                token, nonce=begun.nonce, claims_options=self._must_hold()
            )
        except (OAuthError, JoseError) as error:
            raise NotProven(str(error)[:LONGEST_REASON]) from error
        except (httpx.HTTPError, KeyError, RuntimeError, ValueError) as error:
            raise ProviderSilent from error
        if not claims or claims.get("nonce") != begun.nonce:
            raise NotProven("no id token with the nonce")
        return self._identity(cast("Mapping[str, Any]", claims))

    async def sign_out_address(self, back: str) -> str | None:
        """Where one signs out of the provider itself; None where it has no such address."""
        try:
            return (await self._client.create_logout_url(back, client_id=self._settings.oidc_client_id))[
                "url"
            ]
        except (httpx.HTTPError, RuntimeError, ValueError):
            return None

    def role_of(self, identity: Identity) -> Role | None:
        """The highest role that one of the groups has."""
        known = self._settings.role_of_group
        roles = {Role(known[group]) for group in identity.groups if group in known}
        return next((role for role in (Role.ADMIN, Role.OPERATOR, Role.VIEWER) if role in roles), None)

    async def _known(self) -> None:
        """Read what the provider says of itself once; another issuer than the one set is not believed."""
        metadata = await self._client.load_server_metadata()
        if metadata["issuer"] != self._settings.oidc_issuer:
            raise NotProven("the provider calls itself by another issuer")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNATURES]

    def _must_hold(self) -> dict[str, Any]:
        """Said in full: Authlib by itself takes another audience where `azp` names this client."""
        return {
            "iss": {"essential": True, "values": [self._settings.oidc_issuer]},
            "aud": {"essential": True, "values": [self._settings.oidc_client_id]},
            "sub": {"essential": True},
        }

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        named = (claims.get(name) for name in ("preferred_username", "email", "name", "sub"))
        name = next((str(one) for one in named if one), "")
        groups = claims.get(self._settings.oidc_groups_claim) or ()
        listed = [groups] if isinstance(groups, str) else list(groups)
        at = claims.get("auth_time")
        shown_at = datetime.fromtimestamp(at, UTC) if isinstance(at, int | float) else None
        return Identity(f"{claims['iss']} {claims['sub']}", name, tuple(str(one) for one in listed), shown_at)
