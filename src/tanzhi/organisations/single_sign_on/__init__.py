"""Signing in with the account of an OpenID Connect provider, beside the sign-in with a password."""
