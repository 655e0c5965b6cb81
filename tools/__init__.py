"""What helps to build the house and is no part of it."""
