"""What checks of every sector have in common, and how a verifier replaces a value by a conservative one."""
