"""Medians of what the rounds measured."""

import statistics


def median(results, key):
    return statistics.median(result[key] for result in results)


def ratio(numerators, denominators, key):
    """The median over the rounds of one round's quotient: a slow moment of the machine, which both
    see, drops out."""
    return statistics.median(
        above[key] / below[key] for above, below in zip(numerators, denominators))
