"""Who of an office works on a case: named one by one or for many together."""
