"""What programs are told of acts."""
