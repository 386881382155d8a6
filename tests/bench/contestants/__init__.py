"""The programs that are compared, each run in a process of its own with the same variables."""
