import { useState } from 'preact/hooks';
import { useSearchParams } from 'wouter';
import { momentText } from '../../../../shared/format/index.js';
import { Alert, Paging, Table, useCursors, type Column } from '../../../../shared/ui/index.js';
import { CopyButton } from '../../reports/copy-button.js';
import { csvOf } from '../csv.js';
import { download } from '../download.js';
import { EventDetail } from './event-detail.js';
import { EventFilters } from './event-filters.js';
import { useEventPage, useTail, type EventLine } from './feed.js';
import { cliOf, curlOf, questionIn, type EventQuestion } from './question.js';

/** The log, event by event: chosen by filters, paged through, or followed live. */
export default function EventsPage() {
  const [search, setSearch] = useSearchParams();
  const question = questionIn(search);
  const [isLive, setIsLive] = useState(false);
  const [isOpen, setIsOpen] = useState(() => matchMedia('(min-width: 900px)').matches);
  const [chosen, setChosen] = useState<EventLine | null>(null);
  const ask = (asked: EventQuestion) => {
    setChosen(null);
    setSearch({ ...asked });
  };
  const { lines, error, paging } = useLines(question, isLive);
  return (
    <>
      <div className="page-head">
        <h1>Events</h1>
        <div className="actions">
          <button type="button" className="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            Filter{search.size > 0 ? ` (${search.size})` : ''}
          </button>
          <button type="button" className="button" aria-pressed={isLive} onClick={() => setIsLive(!isLive)}>
            {isLive ? 'Stop following' : 'Follow live'}
          </button>
        </div>
      </div>
      {isOpen ? <EventFilters question={question} onChange={ask} /> : null}
      <div className="actions">
        <CopyButton label="Copy as curl" text={() => curlOf(location.origin, question)} />
        <CopyButton label="Copy as command line" text={() => cliOf(location.origin, question)} />
        <Downloads lines={lines ?? []} />
      </div>
      <Alert error={error} />
      {isLive ? (
        <p role="status" className="soft">
          Following: what is recorded from now on appears at the top.
        </p>
      ) : null}
      {chosen === null ? null : <EventDetail event={chosen} onAsk={ask} onClose={() => setChosen(null)} />}
      <Lines lines={lines} isLive={isLive} onChoose={setChosen} />
      {paging}
    </>
  );
}

/** A page of the past, or the live tail, the newest first. */
function useLines(question: EventQuestion, isLive: boolean) {
  const cursors = useCursors(JSON.stringify(question));
  const page = useEventPage(question, cursors.current, !isLive);
  const tail = useTail(question, isLive);
  if (isLive) return { lines: tail.lines, error: tail.error, paging: null };
  const next = page.data?.next ?? null;
  const paging = (
    <Paging
      hasPrevious={cursors.hasPrevious}
      hasNext={next !== null}
      onPrevious={cursors.previous}
      onNext={() => next !== null && cursors.next(next)}
    />
  );
  return { lines: page.data?.items, error: page.error, paging };
}

interface LinesProps {
  /** Undefined while they are asked for. */
  readonly lines: EventLine[] | undefined;
  readonly isLive: boolean;
  readonly onChoose: (event: EventLine) => void;
}

function Lines({ lines, isLive, onChoose }: LinesProps) {
  if (lines === undefined) return null;
  if (lines.length === 0)
    return <p className="empty">{isLive ? 'Nothing was recorded yet.' : 'No event is like that.'}</p>;
  const columns: Column<EventLine>[] = [
    {
      id: 'at',
      header: 'Recorded',
      cell: ({ row: { original: row } }) => <span className="nowrap">{momentText(row.at)}</span>,
    },
    {
      id: 'type',
      header: 'Type',
      cell: ({ row: { original: row } }) => (
        <button type="button" className="moment" onClick={() => onChoose(row)}>
          {row.type}
        </button>
      ),
    },
    {
      id: 'stream',
      header: 'Stream',
      cell: ({ row: { original: row } }) => <span className="mono break">{row.stream}</span>,
    },
    { id: 'actor', header: 'Actor', cell: ({ row: { original: row } }) => <span className="break">{row.actor}</span> },
    {
      id: '#position',
      header: 'Position',
      cell: ({ row: { original: row } }) => <span className="mono">{shortened(row.position)}</span>,
    },
  ];
  return <Table caption="Events" columns={columns} rows={lines} rowId={({ id }) => id} />;
}

/** Without the zeros that a position begins with. */
const shortened = (position: string): string => position.replace(/^0+(?=\d)/, '');

const MEMBERS = [
  'id',
  'position',
  'stream',
  'category',
  'revision',
  'type',
  'at',
  'actor',
  'commandId',
  'correlationId',
  'causationId',
] as const;

/** What is on the page as a file; the whole log is exported by the command line. */
function Downloads({ lines }: { readonly lines: readonly EventLine[] }) {
  const ndjson = () => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const csv = () =>
    csvOf(
      [...MEMBERS, 'data'],
      lines.map((line) => [...MEMBERS.map((name) => line[name] ?? ''), JSON.stringify(line.data)]),
    );
  const isEmpty = lines.length === 0;
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={isEmpty}
        onClick={() => download('events.ndjson', 'application/x-ndjson', ndjson())}
      >
        Download NDJSON
      </button>
      <button
        type="button"
        className="button"
        disabled={isEmpty}
        onClick={() => download('events.csv', 'text/csv', csv())}
      >
        Download CSV
      </button>
    </>
  );
}
