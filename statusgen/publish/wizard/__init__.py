"""The asking wizard on the web: its page, and the program that the browser runs."""
