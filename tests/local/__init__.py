"""The embedded API by itself: each oddity, its storage, limits, keys, faults and bad input."""
