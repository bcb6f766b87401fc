"""Lists of codes as an installation has them: changed by two administrators, from a day on."""
