"""Light's own view of a network: fibres, amplifiers, ROADMs and transceivers, one by one."""
