"""The index of words of every record that is searched, filled in the transaction that changes the record."""
