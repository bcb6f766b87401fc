"""The report of a verification: parameters before and after, and the paper with all its parts."""
