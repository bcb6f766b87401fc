"""Example provinces: synthetic records, written through the actions and never around them."""
