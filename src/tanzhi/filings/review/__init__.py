"""A deposited month is read over three levels: passed, or returned with remarks to its cells."""
