"""Events sent to receivers."""
