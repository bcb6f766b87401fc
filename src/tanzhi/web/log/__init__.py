"""The public pages of the evidence log, and the check of a receipt."""
