"""The review list of a verification, line by line, and the visit on site."""
