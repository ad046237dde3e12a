"""Pages, feeds, the manifest and its writers. Computes neither uptime nor money."""
