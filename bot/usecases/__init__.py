"""What a person does, one module each. A use case changes rows and says things through its turn; it never sends."""
