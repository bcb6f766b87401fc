"""Web hooks: events are sent to an address of the program's own, signed, until it has taken them."""
