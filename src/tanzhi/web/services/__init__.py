"""Service accounts: programs that act in their own name, for organisations that agreed."""
