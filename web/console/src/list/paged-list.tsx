import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RowData } from '@tanstack/react-table';
import type { ComponentChildren } from 'preact';
import { Alert, Paging, Table, useCursors, type Column } from '../../../shared/ui/index.js';

/** How often an open list asks for what is new. */
const FOLLOW_MS = 5_000;

/** A page of a list of the API. */
interface Listed<Row> {
  readonly items: Row[];
  readonly nextCursor?: string | null;
}

interface PagedListProps<Row extends RowData> {
  /** Names the list with its filters: another one begins at its first page. */
  readonly name: string;
  /** What the rows are, for who cannot see what is above them. */
  readonly caption: string;
  readonly columns: Column<Row>[];
  readonly rowId: (row: Row) => string;
  /** What is said where there is nothing. */
  readonly empty: ComponentChildren;
  readonly load: (cursor: { readonly cursor?: string }, signal: AbortSignal) => Promise<Listed<Row> | undefined>;
}

/** A list of the API as a table with its pages. */
export function PagedList<Row extends RowData>({ name, caption, columns, rowId, empty, load }: PagedListProps<Row>) {
  const cursors = useCursors(name);
  const { data, error } = useQuery({
    queryKey: ['list', name, cursors.current],
    refetchInterval: FOLLOW_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => load(cursors.current === undefined ? {} : { cursor: cursors.current }, signal),
  });
  const next = data?.nextCursor ?? null;
  return (
    <>
      <Alert error={error} />
      {data === undefined ? null : data.items.length === 0 ? (
        <p className="empty">{empty}</p>
      ) : (
        <Table caption={caption} columns={columns} rows={data.items} rowId={rowId} />
      )}
      <Paging
        hasPrevious={cursors.hasPrevious}
        hasNext={next !== null}
        onPrevious={cursors.previous}
        onNext={() => next !== null && cursors.next(next)}
      />
    </>
  );
}
