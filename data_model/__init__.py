"""What the product knows: its words, what it keeps, what people send it, and what metrics see."""
