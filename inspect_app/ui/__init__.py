"""How pages are declared, guarded and drawn."""
