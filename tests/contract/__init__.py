"""The client and the embedded API against what a real server answered."""
