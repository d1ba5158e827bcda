"""What can be followed: feeds of a selection, of updates and of one story, and a calendar of promised dates."""
