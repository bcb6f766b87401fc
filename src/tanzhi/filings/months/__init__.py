"""Monthly data and annual reports: stated, checked, deposited, computed."""
