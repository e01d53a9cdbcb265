"""Inspection Evidence: case findings, the counts that fall out, and what changed afterwards."""
