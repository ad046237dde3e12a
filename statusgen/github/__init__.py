"""GitHub's REST API: issues and incidents brought together. It decides nothing."""
