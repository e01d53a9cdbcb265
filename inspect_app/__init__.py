"""Inspection Evidence: case-level findings, the counts that fall out, and what changed afterwards."""
