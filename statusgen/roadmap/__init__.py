"""Roadmaps: stages, items, options, prices, costs, and the audit of what authors state."""
