"""Data quality control plans."""
