"""Greenhouse-gas accounting, one module or package a sector."""
