"""One person: profile, in-app feed, credentials."""
