import { tableFeatures, useTable } from '@tanstack/react-table';
import type { ColumnDef, RowData } from '@tanstack/react-table';

const features = tableFeatures({});

/** A column of a {@link Table}. */
export type Column<Row extends RowData> = ColumnDef<typeof features, Row>;

interface TableProps<Row extends RowData> {
  /** What the table is of, for who cannot see what is above it. */
  readonly caption: string;
  readonly columns: Column<Row>[];
  readonly rows: Row[];
  readonly rowId: (row: Row) => string;
}

/** Ids of columns whose cells are numbers or amounts. */
const isEnd = (column: { readonly id: string }): string | undefined => (column.id.startsWith('#') ? 'end' : undefined);

/**
 * Rows with their columns; a column whose id begins with `#` stands at its end, as numbers do. On a narrow screen
 * each row is a card with two cells a line.
 */
export function Table<Row extends RowData>({ caption, columns, rows, rowId }: TableProps<Row>) {
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  return (
    <table className="table list">
      <caption className="unseen">{caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} scope="col" className={isEnd(header.column)}>
                <table.FlexRender header={header} />
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id} className={isEnd(cell.column)} data-label={String(cell.column.columnDef.header)}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
