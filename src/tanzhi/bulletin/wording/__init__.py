"""Rows and wording of the bulletin as an installation has them: changed by two administrators, from a day on."""
