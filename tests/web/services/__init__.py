"""Programs that act in their own name."""
