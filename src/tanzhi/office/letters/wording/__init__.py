"""Letters in an installation's own words: changed by two administrators, from a day on."""
