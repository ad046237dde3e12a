"""What the operator wrote, ``data/status.yml`` or ``.upptimerc.yml``, read into `Settings`."""
