"""An embedded server that answers for every configured host, and a made-up past."""
