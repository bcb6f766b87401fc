"""The acts by which a month or a report is stated, checked and deposited, and its pages."""
