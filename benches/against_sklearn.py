"""Fits and predictions of relata against scikit-learn's LogisticRegression, on the same standardised tables.

    python -m venv target/bench && target/bench/bin/pip install numpy scikit-learn threadpoolctl
    target/bench/bin/python benches/against_sklearn.py

Prints a table in Markdown: largest difference of a coefficient and of a probability, final gradients, and times (medians).
scikit-learn runs at the number of threads that suits it best, at a tolerance that ends at a gradient like relata's.
"""

import os
import pathlib
import subprocess
import time

import numpy
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

FEATURES = 60
SIZES = {275: 51, 5_000: 15, 200_000: 3}
# Where relata stops: the largest entry of the mean gradient.
TOLERANCE = 1e-9
folder = pathlib.Path("target/bench-data").absolute()
folder.mkdir(parents=True, exist_ok=True)


def table(n):
    """Answers on seven points that lean on the class, standardised."""
    rng = numpy.random.default_rng(n)
    y = rng.choice(4, n, p=[0.16, 0.07, 0.07, 0.70])
    y[:8] = [0, 1, 2, 3] * 2
    x = rng.normal(size=(n, FEATURES)) + 0.5 * rng.normal(size=(n, 1))
    x[numpy.arange(n), y] += 0.8
    x = numpy.clip(numpy.round(1.3 * x + 4), 1, 7)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    return numpy.ascontiguousarray(x), y


def median(repeats, work):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[repeats // 2]


def gradient(x, y, weights, coefficients, intercepts):
    """Largest entry of the gradient of the objective, divided by the sum of weights."""
    z = x @ coefficients.T + intercepts
    z -= z.max(axis=1, keepdims=True)
    p = numpy.exp(z)
    p /= p.sum(axis=1, keepdims=True)
    p[numpy.arange(len(y)), y] -= 1
    p *= weights[:, None]
    whole = numpy.vstack([(p.T @ x + coefficients).T, p.sum(axis=0)])
    return abs(whole).max() / weights.sum()


def best(work, repeats):
    """The time at the number of threads that suits scikit-learn best."""
    times = []
    for threads in range(1, (os.cpu_count() or 1) + 1):
        with threadpool_limits(threads):
            times.append(median(repeats, work))
    return min(times)


tables = {n: table(n) for n in [*SIZES, 1_000_000]}
for n, (x, y) in tables.items():
    x.astype("<f8").tofile(folder / f"x_{n}.f64")
    y.astype("<f8").tofile(folder / f"y_{n}.f64")
ran = subprocess.run(
    ["cargo", "bench", "--bench", "sklearn"],
    env={**os.environ, "RELATA_BENCH_DATA": str(folder)},
    stdout=subprocess.PIPE,
    text=True,
    check=True,
)
times = {}
for line in ran.stdout.splitlines():
    parts = line.split()
    if len(parts) == 4 and parts[0] in ("fit", "predict"):
        times[parts[0], parts[1], int(parts[2])] = float(parts[3])

print("| n | class weights | Δ coefficient | Δ probability | gradient relata / sklearn | relata s | sklearn s | ratio |")
print("|---:|---|---:|---:|---|---:|---:|---:|")
for n, repeats in SIZES.items():
    x, y = tables[n]
    for name, class_weight in [("none", None), ("balanced", "balanced")]:
        model = LogisticRegression(C=1.0, tol=TOLERANCE, max_iter=10_000, class_weight=class_weight)
        theirs = best(lambda: model.fit(x, y), repeats)
        ours = times["fit", name, n]
        numbers = numpy.fromfile(folder / f"coefficients_{name}_{n}.f64")
        coefficients, intercepts = numbers[: 4 * FEATURES].reshape(4, FEATURES), numbers[4 * FEATURES :]
        shares = numpy.fromfile(folder / f"shares_{name}_{n}.f64").reshape(n, 4)
        centred = model.intercept_ - model.intercept_.mean()
        apart = max(abs(coefficients - model.coef_).max(), abs(intercepts - centred).max())
        counts = numpy.bincount(y)
        weights = n / (4 * counts[y]) if class_weight else numpy.ones(n)
        gradients = [gradient(x, y, weights, *fit) for fit in [(coefficients, intercepts), (model.coef_, model.intercept_)]]
        print(
            f"| {n} | {name} | {apart:.1e} | {abs(shares - model.predict_proba(x)).max():.1e} "
            f"| {gradients[0]:.0e} / {gradients[1]:.0e} | {ours:.4f} | {theirs:.4f} | {ours / theirs:.2f} |"
        )
x, _ = tables[1_000_000]
model = LogisticRegression(C=1.0).fit(*tables[5_000])
theirs = best(lambda: model.predict_proba(x), 5)
ours = times["predict", "none", 1_000_000]
print(f"\nProbabilities of 1,000,000 × {FEATURES} rows: relata {ours:.3f} s, scikit-learn {theirs:.3f} s, {theirs / ours:.1f} times as fast")
