"""The domain: frozen values and rules; standard library only."""
