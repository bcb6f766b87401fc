"""What every change of state has in common: permission, four eyes, transaction, evidence."""
