"""Files, and whatever else the outside world offers, each behind a port."""
