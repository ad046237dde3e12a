"""Every command of the guides is run, in scratch repositories on loopback remotes."""
