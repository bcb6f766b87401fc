"""The list of key emission units, as disclosed."""
