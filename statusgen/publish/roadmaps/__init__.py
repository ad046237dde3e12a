"""Pages of roadmaps: what one states, what follows from it, what the audit says of both."""
