"""The operator's journeys in a real Chromium, against real servers on loopback."""
