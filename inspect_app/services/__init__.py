"""What people do: every function takes `by=` the person; a change is one transaction, on the trail."""
