"""A target handed down to cities."""
