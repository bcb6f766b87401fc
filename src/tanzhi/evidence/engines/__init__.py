"""Django's database engines, which note every row that is written so that the act that wrote it answers for it."""
