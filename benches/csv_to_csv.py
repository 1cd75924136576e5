"""From a table in a file to a file with probabilities: relata against scikit-learn with polars and DuckDB with relata's own SQL.

    python -m venv target/bench && target/bench/bin/pip install numpy scikit-learn polars duckdb
    cargo build --release
    target/bench/bin/python benches/csv_to_csv.py target/release/relata

Every program is a process of its own, from its start to its end; rounds take turns, so that a busy machine slows all alike. Prints medians
of time and of processor time in Markdown, and how far the probabilities lie apart. More programs to compare may follow the first.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

ROWS, FEATURES, ROUNDS = 1_000_000, 60, 5
TRAINING = 5_000
folder = pathlib.Path(os.environ.get("RELATA_BENCH_FOLDER", "target/bench-data")).absolute()
table, model, sql = folder / "t.csv", folder / "m.json", folder / "m.sql"
SHARES = ["p_cs", "p_ar", "p_em", "p_mp"]


def make(relata):
    """Answers that lean on the class, with six decimals."""
    import numpy
    import polars

    folder.mkdir(parents=True, exist_ok=True)
    rng = numpy.random.default_rng(1)
    y = rng.choice(4, ROWS, p=[0.16, 0.07, 0.07, 0.70])
    x = rng.normal(size=(ROWS, FEATURES)) + 0.5 * rng.normal(size=(ROWS, 1))
    x[numpy.arange(ROWS), y] += 0.8
    x = numpy.round(x, 6)
    names = [f"x{place}" for place in range(FEATURES)]
    whole = polars.DataFrame(x, schema=names).insert_column(0, polars.Series("id", numpy.arange(ROWS)))
    whole.write_csv(table)
    labels = polars.Series("label", numpy.array(["CS", "AR", "EM", "MP"])[y[:TRAINING]])
    whole[:TRAINING].with_columns(labels).write_csv(folder / "train.csv")
    train = [relata, "train", "--input", "train.csv", "--label", "label", "--ignore", "id", "--out", model, "--force"]
    subprocess.run([*train, "--folds", "0", "--alpha", "1"], cwd=folder, check=True)
    query = subprocess.run(
        [relata, "model", "export", model, "--format", "sql", "--dialect", "duckdb"],
        stdout=subprocess.PIPE, text=True, check=True,
    )
    sql.write_text(query.stdout)


def by_relata(program, out):
    args = [program, "classify", "--input", table, "--model", model, "--format", "csv"]
    with open(out, "wb") as file:
        subprocess.run(args, stdout=file, check=True)


def by_sklearn(out):
    import numpy
    import polars
    from sklearn.linear_model import LogisticRegression

    known = json.loads(model.read_text())
    form, temperature = known["form"], known["temperature"]
    learner = LogisticRegression()
    learner.classes_ = numpy.arange(4)
    learner.coef_ = numpy.array(form["coefficients"]) / temperature
    learner.intercept_ = numpy.array(form["intercepts"]) / temperature
    whole = polars.read_csv(table)
    x = whole.select(known["feature_names"]).to_numpy()
    shares = learner.predict_proba((x - known["means"]) / known["scales"])
    columns = {f"p_{label.lower()}": shares[:, place] for place, label in enumerate(known["classes"])}
    polars.DataFrame({"id": whole["id"], **{name: columns[name] for name in SHARES}}).write_csv(out)


def by_duckdb(out):
    import duckdb

    duckdb.execute(f"CREATE VIEW {VIEW} AS SELECT * FROM read_csv('{table}')")
    query = sql.read_text().rstrip().removesuffix(";")
    duckdb.execute(f"COPY (SELECT id, {', '.join(SHARES)} FROM ({query})) TO '{out}' (HEADER)")


VIEW = "features"
if sys.argv[1] == "--peer":
    {"sklearn": by_sklearn, "duckdb": by_duckdb}[sys.argv[2]](sys.argv[3])
    sys.exit()

programs = sys.argv[1:]
if not sql.exists():
    make(programs[0])
peers = {"scikit-learn with polars": "sklearn", "DuckDB with relata's SQL": "duckdb"}
runs = {f"relata ({program})": lambda out, program=program: by_relata(program, out) for program in programs}
for name, peer in peers.items():
    runs[name] = lambda out, peer=peer: subprocess.run([sys.executable, __file__, "--peer", peer, out], check=True)
times = {name: [] for name in runs}
for _ in range(ROUNDS):
    for name, run in runs.items():
        begun, before = time.perf_counter(), os.times()
        run(folder / f"{list(runs).index(name)}.csv")
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        times[name].append((time.perf_counter() - begun, used))

import polars  # noqa: E402

results = [polars.read_csv(folder / f"{place}.csv").select(SHARES).to_numpy() for place in range(len(runs))]
print(f"{table.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
print("| program | s | processor s | largest difference of a probability |\n|---|---:|---:|---:|")
for name, taken, result in zip(runs, times.values(), results):
    wall, used = (sorted(values)[ROUNDS // 2] for values in zip(*taken))
    print(f"| {name} | {wall:.2f} | {used:.2f} | {abs(result - results[0]).max():.1e} |")
