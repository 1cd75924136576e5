"""relata against scikit-learn's cross-validated logistic regression on real tables that neither of us made.

    python -m venv target/bench && target/bench/bin/pip install scikit-learn statsmodels
    cargo build --release && target/bench/bin/python benches/real_tables.py target/release/relata

The tables ship inside scikit-learn and statsmodels; their classes are called CS, AR, EM, MP here and mean nothing by it. Both sides get the
same outer folds (stratified, shuffled by a seed), standardise inside them and choose the strength of the same penalty inside them; scikit-learn
by LogisticRegressionCV on the log loss, once over relata's strengths and once over its own ten. Numbers are out of fold. A
difference is relata less scikit-learn, with the standard error of the mean of the rows' differences: below zero relata is better in log loss,
above zero in accuracy. The last column holds the difference against one standard error of scikit-learn's own figure. `--only a,b` picks tables,
`--folds N` the outer folds, `--json` prints one object a line; anything else is handed on to relata.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import tempfile
import warnings

import numpy
from sklearn import datasets
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

LABELS = ["CS", "AR", "EM", "MP"]
# 1/C for relata's strengths.
GRID = [10.0, 1.0, 0.1, 0.01, 0.001]


def digits(kept):
    table = datasets.load_digits()
    rows = numpy.isin(table.target, kept)
    return table.data[rows], numpy.searchsorted(kept, table.target[rows])


def bundled(load):
    table = load()
    return table.data, table.target


def anes96():
    """American voters of 1996: party, seven steps folded into four, from age, education, income and opinions."""
    import statsmodels.api as sm

    table = sm.datasets.anes96.load_pandas().data
    y = numpy.array([0, 0, 1, 2, 2, 3, 3])[table["PID"].astype(int)]
    return table[["popul", "TVnews", "selfLR", "ClinLR", "DoleLR", "age", "educ", "income"]].to_numpy(float), y


def modechoice():
    """Travellers of 1987 between Sydney, Canberra and Melbourne: plane, train, bus or car, from what each would have cost."""
    import statsmodels.api as sm

    table = sm.datasets.modechoice.load_pandas().data
    chosen = table[table["choice"] == 1].sort_values("individual")
    wide = table.pivot(index="individual", columns="mode", values=["ttme", "invc", "invt", "gc"]).sort_index()
    x = numpy.column_stack([wide.to_numpy(float), chosen[["hinc", "psize"]].to_numpy(float)])
    return x, chosen["mode"].to_numpy(int) - 1


def fair():
    """Marriages of 1974, rated in four steps (the two lowest as one), from age, years, children, faith, schooling and work."""
    import statsmodels.api as sm

    table = sm.datasets.fair.load_pandas().data
    y = numpy.maximum(table["rate_marriage"].astype(int).to_numpy() - 2, 0)
    return table.drop(columns=["rate_marriage"]).to_numpy(float), y


TABLES = {
    "iris": lambda: bundled(datasets.load_iris),
    "wine": lambda: bundled(datasets.load_wine),
    "breast_cancer": lambda: bundled(datasets.load_breast_cancer),
    "digits_0123": lambda: digits([0, 1, 2, 3]),
    "digits_3589": lambda: digits([3, 5, 8, 9]),
    "anes96": anes96,
    "modechoice": modechoice,
    "fair": fair,
}


def by_relata(program, x, y, fold, more):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with open(folder / "t.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([f"f{place}" for place in range(x.shape[1])] + ["code", "fold"])
            for values, label, part in zip(x, y, fold):
                writer.writerow([repr(float(value)) for value in values] + [LABELS[label], part])
        command = [program, "evaluate", "--input", folder / "t.csv", "--label", "code", "--fold", "fold", "--format", "json"]
        command += ["--resamples", "0", "--predictions", folder / "p.csv", *more]
        subprocess.run(command, check=True, stdout=subprocess.PIPE)
        with open(folder / "p.csv", newline="") as file:
            return numpy.array([[float(row["p_" + label.lower()]) for label in LABELS] for row in csv.DictReader(file)])


def by_sklearn(x, y, fold, strengths):
    shares = numpy.zeros((len(y), 4))
    for part in numpy.unique(fold):
        inside, outside = fold != part, fold == part
        inner = StratifiedKFold(5, shuffle=True, random_state=1)
        model = LogisticRegressionCV(Cs=strengths, cv=inner, scoring="neg_log_loss", max_iter=10_000, l1_ratios=(0.0,), use_legacy_attributes=False)
        fitted = make_pipeline(StandardScaler(), model).fit(x[inside], y[inside])
        shares[numpy.ix_(outside, fitted.classes_)] = fitted.predict_proba(x[outside])
    return shares


def judged(shares, y):
    """Log loss and hit of each row."""
    own = numpy.clip(shares[numpy.arange(len(y)), y], 1e-15, 1)
    return -numpy.log(own), (shares.argmax(axis=1) == y).astype(float)


def difference(ours, theirs):
    apart = ours - theirs
    return apart.mean(), apart.std(ddof=1) / numpy.sqrt(len(apart))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only", default=",".join(TABLES))
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    asked, more = parser.parse_known_args()
    warnings.simplefilter("ignore")
    if not asked.json:
        print("| table | rows × features, classes | scikit-learn's strengths | log loss relata / sklearn | difference ± SE | accuracy relata / sklearn | difference ± SE | |")
        print("|---|---|---|---|---|---|---|---|")
    for name in asked.only.split(","):
        x, y = TABLES[name]()
        fold = numpy.zeros(len(y), dtype=int)
        for part, (_, outside) in enumerate(StratifiedKFold(asked.folds, shuffle=True, random_state=7).split(x, y)):
            fold[outside] = part
        ours = judged(by_relata(asked.program, x, y, fold, more), y)
        for grid, strengths in [("relata's five", GRID), ("its own ten", 10)]:
            theirs = judged(by_sklearn(x, y, fold, strengths), y)
            loss, loss_error = difference(ours[0], theirs[0])
            hits, hits_error = difference(ours[1], theirs[1])
            spread = [figure.std(ddof=1) / numpy.sqrt(len(y)) for figure in theirs]
            fine = bool(loss <= spread[0] and hits >= -spread[1])
            if asked.json:
                print(json.dumps({"table": name, "grid": grid, "loss": loss, "loss_se": loss_error, "accuracy": hits, "accuracy_se": hits_error, "fine": fine}))
            else:
                print(
                    f"| {name} | {x.shape[0]} × {x.shape[1]}, {len(set(y))} | {grid} | {ours[0].mean():.4f} / {theirs[0].mean():.4f} "
                    f"| {loss:+.4f} ± {loss_error:.4f} | {ours[1].mean():.3f} / {theirs[1].mean():.3f} | {hits:+.4f} ± {hits_error:.4f} "
                    f"| {'within one SE' if fine else '**worse**'} |",
                    flush=True,
                )


main()
