"""The same SQL text over the same Parquet folder on Apache Spark.

For what one machine cannot hold or should not be kept busy with. Needs the extra
``spark`` (pyspark) and Java 17 or newer, where the program runs and on every worker;
the extract's folder must be under the same path on all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wugeyi.engines.tally.extract import Closed
from wugeyi.engines.tally.rollup import Question, Row, sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_SETTINGS = {
    # Facts carry UTC, and so does the text.
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
}


def connect(
    master: str, *, app: str = "wugeyi", settings: Mapping[str, str] | None = None
) -> "SparkSession":
    """Open a session.

    Parameters
    ----------
    master
        ``local[2]`` for this machine, ``spark://host:7077`` for a cluster.
    app
        The name shown in the cluster.
    settings
        Spark's own, over ours.
    """
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName(app)
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def answer(
    session: "SparkSession", extract: Sequence[Closed], question: Question
) -> "DataFrame":
    """Answer from the extract's months.

    Parameters
    ----------
    session
        From ``connect``.
    extract
        ``open_extract(folder, question.months)``.
    question
        What is asked.

    Returns
    -------
    pyspark.sql.DataFrame
        ``period``, ``path``, then ``question.columns``, in no particular order; not
        computed before it is collected or written.
    """
    for name, files in (
        ("facts", [str(closed.facts.absolute()) for closed in extract]),
        ("units", [str(closed.units.absolute()) for closed in extract]),
    ):
        session.read.parquet(*files).createOrReplaceTempView(f"tally_{name}")
    return session.sql(sql(question, facts="tally_facts", units="tally_units"))


def rows_of(found: "DataFrame") -> Iterator[Row]:
    """Collect the rows of an answer, as ``digest`` takes them."""
    return map(tuple, found.collect())
