"""Every version the tables have had, and the way from each to the next."""
