"""Applications for an account: somebody whom nobody here knows yet asks to be let in."""
