"""From approved content to a release: a site to read, data to compute with, hashes to check."""
