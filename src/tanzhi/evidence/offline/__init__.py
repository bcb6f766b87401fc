"""What a stranger needs to check a receipt without Tanzhi."""
