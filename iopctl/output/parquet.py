"""A table as Apache Parquet, for those who query many municipalities' agreements at once."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.language import tr
from iopctl.listings.export.fields import stored_as
from iopctl.tables import Amount, Kind, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.tables import Cell, Column, Table

_MILLIONTH: Final = Decimal("0.000001")
_MOST_DIGITS: Final = 38


def file(table: Table) -> bytes:
    """Return the rows of *table*, its sums left out, with a type for each kind of column.

    Kronor are decimal128(18, 2), percentages decimal128(9, 6), measures decimal128(38, 10), what
    is counted int64, and days date32; a column with a figure that has more digits than that gets
    38. Null is a cell with nothing to show, and an amount that is
    not known whole. The file's metadata has the table's schema, title, day and notes.

    Raises:
        MissingExtra: the library pyarrow is not installed.
        UserError: a figure is too large for its column.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise MissingExtra("parquet", "a Parquet file") from None
    rows = [row.cells for row in table.rows if row.level is Level.ROW]
    arrays, fields = [], []
    for number, column in enumerate(table.columns):
        values, stored = [_value(row[number], column.kind) for row in rows], _type(column)
        if pa.types.is_decimal(stored) and not _fit(values, stored):
            stored = pa.decimal128(_MOST_DIGITS, stored.scale)
        try:
            arrays.append(pa.array(values, stored))
        except pa.ArrowInvalid:
            raise UserError(
                tr(
                    "{name}: a figure under '{key}' is too large for Parquet",
                    name=table.name,
                    key=column.key,
                )
            ) from None
        fields.append(pa.field(column.key, stored, metadata={"title": column.title}))
    schema = pa.schema(fields, metadata=_metadata(table))
    file = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), file)
    return file.getvalue()


def _type(column: Column) -> Any:  # noqa: ANN401 - a type of pyarrow, which has no annotations
    import pyarrow as pa

    types = {
        "BIGINT": pa.int64(),
        "DATE": pa.date32(),
        "DECIMAL(18,2)": pa.decimal128(18, 2),
        "DECIMAL(38,10)": pa.decimal128(38, 10),
        "DECIMAL(9,6)": pa.decimal128(9, 6),
        "VARCHAR": pa.string(),
    }
    return types[stored_as(column)]


def _fit(values: Sequence[Cell], stored: Any) -> bool:  # noqa: ANN401 - likewise
    """Whether a decimal type has room for all figures before the point."""
    most = Decimal(10) ** (stored.precision - stored.scale)
    return all(abs(each) < most for each in values if isinstance(each, Decimal))


def _value(cell: Cell, kind: Kind) -> Cell:
    match cell:
        case Amount():
            return cell.known if cell.complete else None
        case Decimal() if kind is Kind.PERCENT:
            return cell.quantize(_MILLIONTH, ROUND_HALF_UP)
        case _:
            return cell


def _metadata(table: Table) -> dict[str, str]:
    return {
        "schema": f"iopctl/export/{table.name}/1",
        "title": table.title,
        "as_of": str(table.as_of),
        "notes": "\n".join(table.notes),
    }
