"""Cleaner-production audits."""
