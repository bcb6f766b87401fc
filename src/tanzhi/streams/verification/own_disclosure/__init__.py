"""What key units disclose themselves (自行披露): where, at which address, on which day; who has and who has not."""
