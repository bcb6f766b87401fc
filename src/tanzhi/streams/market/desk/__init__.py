"""A plant's own desk: its months, what it will owe, what it has, and what it would hand in."""
