"""What editors type, read and checked: one file per noun."""
