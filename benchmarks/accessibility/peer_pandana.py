"""pandana's walking times, run by its own Python: ``city.npz answers.npy``.

Prints what building and asking took in CPU seconds of all threads. Times are handed over
in seconds: it keeps three decimals and reckons in 32 bits, which milliseconds overflow.
"""

import json
import sys
from statistics import median
from time import process_time

import numpy as np
import pandana
import pandas as pd

ROUNDS = 3


def main(path: str, answers: str) -> None:
    with np.load(path) as held:
        town = dict(held)
    began = process_time()
    net = pandana.Network(
        pd.Series(town["lon"]),
        pd.Series(town["lat"]),
        pd.Series(town["tail"]),
        pd.Series(town["head"]),
        pd.DataFrame({"seconds": town["ms"] / 1000}),
        twoway=True,
    )
    limit = float(town["limit"]) / 1000
    names = [str(number) for number in range(len(town["counts"]))]
    groups = np.split(town["nodes"], np.cumsum(town["counts"])[:-1])
    for name, nodes in zip(names, groups, strict=True):
        x, y = pd.Series(town["lon"][nodes]), pd.Series(town["lat"][nodes])
        net.set_pois(name, limit, 1, x, y)
    built = process_time() - began
    asked = []
    for _ in range(ROUNDS):
        began = process_time()
        found = [net.nearest_pois(limit, name, num_pois=1)[1] for name in names]
        asked.append(process_time() - began)
    np.save(answers, np.array([column.to_numpy() for column in found]))
    print(json.dumps({"build": built, "query": median(asked)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
