"""The real public inspections of the Inquiry's report, public statistics, and invented case files."""
