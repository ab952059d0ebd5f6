"""spopt's answer to a siting question, run by its own Python: ``matrix k limit``.

Prints what building and solving took in CPU seconds, children's included, and how many
people its sites serve.
"""

import json
import resource
import sys

import numpy as np
import pulp
from spopt.locate import MCLP


def seconds() -> float:
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        spent += used.ru_utime + used.ru_stime
    return spent


def main(path: str, k: str, limit_ms: str) -> None:
    with np.load(path) as held:
        matrix, people = held["matrix"], held["people"]
    began = seconds()
    problem = MCLP.from_cost_matrix(matrix, people, float(limit_ms), int(k))
    built = seconds()
    problem.solve(pulp.PULP_CBC_CMD(msg=False))
    solved = seconds()
    answer = {
        "build": built - began,
        "solve": solved - built,
        "people": round(pulp.value(problem.problem.objective)),
        "proven": pulp.LpStatus[problem.problem.status] == "Optimal",
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
