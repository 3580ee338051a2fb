"""Who may do what by which way in: every cell of a generated matrix, against the whole dashboard."""
