"""Files of GNPy, the open planning tool of the Telecom Infra Project: in and out."""
