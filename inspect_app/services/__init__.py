"""What people do: each function takes `by=` the person; a change is one transaction."""
