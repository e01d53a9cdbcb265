"""Spreadsheets in and out: declared layouts, one reader, one writer."""
