"""The MkDocs plugin: the only module that imports MkDocs."""
