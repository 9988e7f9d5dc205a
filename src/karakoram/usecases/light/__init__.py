"""What light does in fibres, amplifiers and cables, asked in words and answered in numbers."""
