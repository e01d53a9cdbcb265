"""`python -m benchmarks.faults kills --times 1000`: do harm, look, and print what came of it."""
