"""Who reads what an installation has of its own: whoever administers it, or works with what is made of it."""

READERS = frozenset({"administrator", "provincial_officer", "provincial_director", "auditor"})
