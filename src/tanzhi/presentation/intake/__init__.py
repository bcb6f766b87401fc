"""What every upload of a table goes through: a look inside before it is read, and one message for each finding."""
