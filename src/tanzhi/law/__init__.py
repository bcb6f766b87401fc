"""Law in force: the rules, the shipped parameters and what administrators entered, behind one door."""
