"""Every sentence Starling says: pure functions from domain values to messages."""
