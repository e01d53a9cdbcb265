"""The house itself: its tools, its packaging and its rules."""
