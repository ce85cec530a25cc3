"""Prints what SciPy gives for the statistics of @wellfit/analysis: each line is an expression and its value.

The tests of packages/analysis/src/statistics hold these values beside the same expressions.
pip install scipy==1.17.1
"""

import itertools

import numpy as np
import scipy
from scipy import special, stats

EXACT = [-24 / 64, -3 / 64, -17 / 64, 5 / 64, -11 / 64]
SKEWED = [0.1, 0.2, 0.15, 0.3, 0.05, 0.9, 0.25, 0.12, 0.4, 1.6]


def all_means(values):
    """The mean of every resample: n^n of them. The values are multiples of 1/64, so that sums are exact."""
    return np.array([np.sum(resample) / len(values) for resample in itertools.product(values, repeat=len(values))])


def bca(values, level=0.95):
    """BCa limits of SciPy from all resamples in place of random ones."""
    sample = (np.array(values),)
    result = stats.bootstrap(sample, np.mean, n_resamples=2, method="percentile")
    result.bootstrap_distribution = all_means(values)
    result = stats.bootstrap(
        sample, np.mean, n_resamples=0, bootstrap_result=result, method="BCa", confidence_level=level
    )
    return [float(limit) for limit in result.confidence_interval]


def sampled_bca(values, level=0.95):
    """The same from 200,000 random resamples."""
    result = stats.bootstrap(
        (np.array(values),), np.mean, n_resamples=200_000, method="BCa", confidence_level=level, rng=1
    )
    return [float(limit) for limit in result.confidence_interval]


def expanded(n, level=0.95):
    """The level at which BCa cuts where the normal quantile is replaced by sqrt(n / (n - 1)) t."""
    return float(1 - 2 * stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.ppf(0.5 + level / 2, n - 1)))


def sign_flip(values):
    return float(
        stats.permutation_test((np.array(values),), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue
    )


def power(effect, n, level=0.05):
    t, delta = stats.t.ppf(1 - level / 2, n - 1), effect * np.sqrt(n)
    return float(stats.nct.sf(t, n - 1, delta) + stats.nct.cdf(-t, n - 1, delta))


def needed(effect, level=0.05, wanted=0.8):
    return next(n for n in itertools.count(2) if power(effect, n, level) >= wanted)


EXPRESSIONS = """
special.gammaln(0.5)
special.gammaln(3.7)
special.gammaln(1234.5)
special.betainc(2.5, 0.5, 0.3)
special.betainc(0.5, 0.5, 0.999)
special.betainc(10.5, 4.5, 0.71)
special.betainc(500.5, 0.5, 0.99)
stats.norm.cdf(0.5)
stats.norm.cdf(-1.959963984540054)
stats.norm.cdf(2.99)
stats.norm.cdf(-3.1)
stats.norm.cdf(-8)
stats.norm.ppf(0.975)
stats.norm.ppf(0.0001)
stats.t.cdf(2.5, 4)
stats.t.cdf(-0.3, 1)
2 * stats.t.sf(2.5, 4)
2 * stats.t.sf(0.01, 9)
2 * stats.t.sf(12, 2)
2 * stats.t.sf(40, 30)
stats.t.ppf(0.975, 1)
stats.t.ppf(0.975, 2)
stats.t.ppf(0.975, 4)
stats.t.ppf(0.975, 9)
stats.t.ppf(0.975, 19)
stats.t.ppf(0.6, 3)
stats.t.ppf(0.0005, 7.5)
stats.t.interval(0.95, 4, np.mean(EXACT), stats.sem(EXACT))
stats.t.interval(0.99, 9, np.mean(SKEWED), stats.sem(SKEWED))
stats.nct.cdf(2.5, 4, 1.5)
stats.nct.cdf(2.5, 4, -1.5)
stats.nct.cdf(-1, 9, 0.5)
stats.nct.cdf(12.7, 1, 15)
stats.nct.cdf(1, 30, 0)
bca(EXACT)
bca(EXACT, expanded(5))
bca(EXACT, 0.8)
sampled_bca(SKEWED)
sampled_bca(SKEWED, expanded(10))
sign_flip(EXACT)
sign_flip([-3, -1, -2, -4, -2, -3])
sign_flip([0.3, -0.1, 0.2, 0.2, -0.2, 0.1, 0])
sign_flip(SKEWED)
sign_flip([x - 0.2 for x in SKEWED])
power(1, 10)
power(0.5, 34)
power(2, 3)
power(5, 2, 0.05 / 3)
needed(0.5)
needed(0.2)
needed(1)
needed(2)
needed(5)
needed(1, 0.05 / 3)
needed(1, 0.01, 0.95)
"""

print(f"SciPy {scipy.__version__}, NumPy {np.__version__}")
for expression in EXPRESSIONS.split("\n"):
    if expression:
        value = eval(expression)
        print(f"{expression} = {value.tolist() if isinstance(value, np.generic) else value}")
