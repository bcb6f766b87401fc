"""Penalties as casework."""
