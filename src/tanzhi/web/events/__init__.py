"""What happened, for programs that follow it: by a cursor, or told to an address of theirs."""
