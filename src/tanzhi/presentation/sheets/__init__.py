"""The one grid of all pages: typed columns that take rows by hand, out of a spreadsheet, or from a record."""
