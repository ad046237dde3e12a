"""The documents that are imported are audited too."""

from tests.importer.conftest import documents

__all__ = ["documents"]
