"""The law as code: pure Python, no database, no clock, no network."""
