"""What every piece of work has in common: what is due, by when, for whom."""
