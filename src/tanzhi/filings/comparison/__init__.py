"""A month or a year beside the one before and last year's."""
