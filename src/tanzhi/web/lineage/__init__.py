"""The walk down from a figure."""
