"""Files on their way to the vault and back: looked into, scanned, cleaned, and carried in parts."""
