"""Benchmarks: each prints a figure beside a named limit or peer measured in the same run."""
