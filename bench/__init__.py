"""Load and micro benchmarks, and the kill harness: everything here drives Caravan from outside."""
