"""People from a file: recognised, mapped, checked row by row and compared, before anything is sent."""
