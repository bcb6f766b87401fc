"""Early warnings to cities that fall behind."""
