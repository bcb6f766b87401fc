"""The five streams of work and the two projects; they ask each other only by their `queries`."""
