"""The Inquiry's real public inspections, public statistics, and invented case files."""
