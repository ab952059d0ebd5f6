"""Eight numbers at a time: the two steps that every search for many categories is made of.

LLVM vectorizes such loops only behind tests of whether rows overlap, which cost more than
the work; here the vector instructions are asked for outright. On a machine without wide
registers LLVM splits them. Nothing checks bounds: whole lanes of eight must be there.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

LANES = 8


def _machine(function: Callable[..., Any]) -> Any:
    """Make a function that only compiled code calls, with one argument less."""
    return intrinsic(function)


def _at(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    """Return the address of the eight numbers from ``index`` on."""
    lanes = ir.VectorType(context.get_value_type(kind.dtype), LANES)
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), lanes.as_pointer())


def _load(builder: Any, address: Any) -> Any:
    return builder.load(address, align=4)


def _eight(builder: Any, value: Any) -> Any:
    """Return the same number in every lane."""
    lanes = ir.VectorType(value.type, LANES)
    place = ir.IntType(32)
    one = builder.insert_element(
        ir.Constant(lanes, ir.Undefined), value, ir.Constant(place, 0)
    )
    first = ir.Constant(ir.VectorType(place, LANES), [0] * LANES)
    return builder.shuffle_vector(one, ir.Constant(lanes, ir.Undefined), first)


def _less(builder: Any, a: Any, b: Any) -> Any:
    return builder.select(builder.icmp_signed("<", a, b), a, b)


@_machine
def lower(_typing: Any, into: Any, i: Any, row: Any, j: Any, ms: Any) -> Any:
    """Lower ``into[i : i + 8]`` to ``row[j : j + 8] + ms`` where that is less."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> None:
        there = _at(context, builder, signature.args[0], args[0], args[1])
        here = _load(builder, _at(context, builder, signature.args[2], *args[2:4]))
        offered = builder.add(here, _eight(builder, args[4]))
        builder.store(_less(builder, _load(builder, there), offered), there, align=4)

    return types.void(into, types.uint64, row, types.uint64, row.dtype), generate


@_machine
def between(
    _typing: Any,
    into: Any,
    i: Any,
    row: Any,
    a: Any,
    ms_a: Any,
    b: Any,
    ms_b: Any,
    limit: Any,
    beyond: Any,
) -> Any:
    """Write to ``into[i : i + 8]`` the lesser of two rows, each with its way added.

    What is more than ``limit`` becomes ``beyond``.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> None:
        kind = signature.args[2]
        there = _at(context, builder, signature.args[0], args[0], args[1])
        first = _load(builder, _at(context, builder, kind, args[2], args[3]))
        second = _load(builder, _at(context, builder, kind, args[2], args[5]))
        found = _less(
            builder,
            builder.add(first, _eight(builder, args[4])),
            builder.add(second, _eight(builder, args[6])),
        )
        within = builder.icmp_signed("<=", found, _eight(builder, args[7]))
        kept = builder.select(within, found, _eight(builder, args[8]))
        builder.store(kept, there, align=4)

    number = row.dtype
    place = types.uint64
    takes = (into, place, row, place, number, place, number, number, number)
    return types.void(*takes), generate


def _stepped(context: Any, builder: Any, signature: Any, args: Any) -> tuple[Any, Any]:
    """Return where to write, and the row one step away as far as the limit allows."""
    into, kind = signature.args[0], signature.args[2]
    row = _load(builder, _at(context, builder, kind, args[2], args[3]))
    last = _eight(builder, builder.sub(args[5], args[4]))
    within = builder.icmp_signed("<=", row, last)
    found = builder.add(row, _eight(builder, args[4]))
    kept = builder.select(within, found, _eight(builder, args[6]))
    return _at(context, builder, into, args[0], args[1]), kept


def _step_takes(into: Any, rows: Any) -> Any:
    number, place = rows.dtype, types.uint64
    return types.void(into, place, rows, place, number, number, number)


@_machine
def onward(
    _typing: Any, into: Any, i: Any, row: Any, j: Any, ms: Any, limit: Any, beyond: Any
) -> Any:
    """Write ``row[j : j + 8] + ms`` to ``into[i : i + 8]``; more than limit is beyond.

    What is ``beyond`` already stays so, without overflowing.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> None:
        there, kept = _stepped(context, builder, signature, args)
        builder.store(kept, there, align=4)

    return _step_takes(into, row), generate


@_machine
def nearer(
    _typing: Any, into: Any, i: Any, row: Any, j: Any, ms: Any, limit: Any, beyond: Any
) -> Any:
    """As ``onward``, but only where that is less than what stands there."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> None:
        there, kept = _stepped(context, builder, signature, args)
        builder.store(_less(builder, _load(builder, there), kept), there, align=4)

    return _step_takes(into, row), generate


@njit(cache=True, nogil=True)
def first_of(ordered: NDArray[np.int32], number: Any) -> int:
    """Return where a number stands first, or would; numpy's takes long to compile."""
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) >> 1
        if ordered[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low
