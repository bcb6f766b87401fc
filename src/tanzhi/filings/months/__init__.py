"""Months and annual reports as records: their versions, what is still in their way, what they hold."""
