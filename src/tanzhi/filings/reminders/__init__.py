"""Who owes which month or report by when, the matrix of months, and reminders of what is late."""
