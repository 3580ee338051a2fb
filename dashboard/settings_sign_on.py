"""The settings of single sign-on: which provider, and which of its groups has which role here."""

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROLES = ("viewer", "operator", "admin")


def _issuer(url: str) -> str:
    parts = urlsplit(url)
    is_near = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_near)):
        raise ValueError("must be the provider's issuer, an address that starts with https://")
    return url


def _roles(text: str) -> str:
    for pair in text.split(","):
        group, equals, role = pair.rpartition("=")
        if not equals or not group.strip() or role.strip() not in ROLES:
            raise ValueError(
                "must be like support=operator,leads=admin with the roles viewer, operator, admin"
            )
    return text


class SignOnSettings(BaseSettings):
    """Without an issuer there is no single sign-on."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    oidc_issuer: Annotated[
        Annotated[str, AfterValidator(_issuer)] | None, Field(validation_alias="DASHBOARD_OIDC_ISSUER")
    ] = None
    """OpenID Connect provider for single sign-on, exactly as it calls itself. Unset: passwords only."""

    oidc_client_id: Annotated[str | None, Field(validation_alias="DASHBOARD_OIDC_CLIENT_ID")] = None
    """This dashboard's client id there; its address for the way back is `/sign-on/back`."""

    oidc_client_secret: Annotated[
        SecretStr | None, Field(validation_alias="DASHBOARD_OIDC_CLIENT_SECRET")
    ] = None
    """This dashboard's secret there. Unset: a public client, by PKCE alone."""

    oidc_roles: Annotated[
        Annotated[str, AfterValidator(_roles)] | None, Field(validation_alias="DASHBOARD_OIDC_ROLES")
    ] = None
    """Which group has which role, like `support=operator,leads=admin`; the highest counts."""

    oidc_groups_claim: Annotated[str, Field(validation_alias="DASHBOARD_OIDC_GROUPS_CLAIM")] = "groups"
    """Claim of the id token that lists a person's groups."""

    oidc_scopes: Annotated[str, Field(validation_alias="DASHBOARD_OIDC_SCOPES")] = "openid profile email"
    """What is asked of the provider; some want `groups` as well."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_roles):
            raise ValueError(
                "DASHBOARD_OIDC_ISSUER: also needs DASHBOARD_OIDC_CLIENT_ID and DASHBOARD_OIDC_ROLES"
            )
        return self

    @property
    def role_of_group(self) -> dict[str, str]:
        """The pairs of `oidc_roles`."""
        pairs = (pair.rpartition("=") for pair in (self.oidc_roles or "").split(",") if pair)
        return {group.strip(): role.strip() for group, _, role in pairs}
