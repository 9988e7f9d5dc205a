"""Where people and programs speak to the platform."""
