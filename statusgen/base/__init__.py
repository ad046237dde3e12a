"""What every room needs; imports no other room."""
