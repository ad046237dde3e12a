"""Import of Markdown documents into roadmap files."""
