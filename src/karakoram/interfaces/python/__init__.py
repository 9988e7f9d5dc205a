"""What ``import karakoram`` offers: the use cases as plain functions."""
