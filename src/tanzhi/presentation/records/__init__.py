"""What programs read: kinds of record, declared by rooms."""
