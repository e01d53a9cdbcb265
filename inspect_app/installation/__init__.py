"""What is done to a whole installation by whoever runs it: watch, back up, restore, move."""
