"""What an installation says otherwise than the program: drafted, adopted by two administrators, in force from a day."""
