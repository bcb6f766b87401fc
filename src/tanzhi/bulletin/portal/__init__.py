"""What the public comes for: what was published, notices, data sets, feeds, and how to check them."""
