"""The audit, over roadmap files and over documents."""
