"""Named figures and their lineage."""
