"""Accounts, what they hold, and every posting between them."""
