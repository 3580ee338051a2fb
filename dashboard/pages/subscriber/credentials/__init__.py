"""The Credentials tab of a person's page."""

from dashboard.pages.subscriber.credentials.tab import CredentialsTab

__all__ = ["CredentialsTab"]
