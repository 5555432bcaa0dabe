import { Link, useSearchParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { agoText, momentText } from '../../../shared/format/index.js';
import { Status, type Column } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';

type Saga = Schema<'Saga'>;

const STATES: readonly Saga['state'][] = ['stuck', 'running', 'waiting', 'done'];

const columns: Column<Saga>[] = [
  {
    id: 'name',
    header: 'Process',
    cell: ({ row: { original: saga } }) => (
      <Link href={`/processes/${saga.name}/${encodeURIComponent(saga.id)}`}>{saga.name.replaceAll('-', ' ')}</Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ row: { original: saga } }) => <Status value={saga.state} /> },
  {
    id: 'of',
    header: 'Of',
    cell: ({ row: { original: saga } }) =>
      saga.orderId === null ? (
        <span className="mono small break">{saga.id}</span>
      ) : (
        <Link href={`/orders/${saga.orderId}`}>an order</Link>
      ),
  },
  {
    id: 'since',
    header: 'Since',
    cell: ({ row: { original: saga } }) => (
      <time dateTime={saga.since} title={momentText(saga.since)}>
        {agoText(saga.since, Date.now())}
      </time>
    ),
  },
];

/** What goes on by itself, those first that have been where they are the longest. */
export default function SagasPage() {
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((one) => one === search.get('state'));
  const q = search.get('q') ?? '';
  const narrow = (to: { readonly state?: string; readonly q?: string }) =>
    setSearch(Object.entries({ state: state ?? '', q, ...to }).filter(([, value]) => value !== ''));
  return (
    <>
      <div className="page-head">
        <h1>Processes</h1>
        <label className="inline">
          <span>Order or id</span>
          <input
            className="input"
            type="search"
            value={q}
            onChange={({ currentTarget: { value } }) => narrow({ q: value.trim() })}
          />
        </label>
        <label className="inline">
          <span>State</span>
          <select
            className="input"
            value={state ?? ''}
            onChange={({ currentTarget: { value } }) => narrow({ state: value })}
          >
            <option value="">any</option>
            {STATES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      <p className="soft">Checkouts, fulfilments, refunds: what is stuck goes on only once a person does something.</p>
      <PagedList
        name={`processes ${state ?? ''} ${q}`}
        caption="Processes"
        columns={columns}
        rowId={({ name, id }) => `${name} ${id}`}
        empty="No process is like that."
        load={async (cursor, signal) => {
          const query = { ...cursor, limit: 25, ...(state && { state }), ...(q && { q }) };
          const { data } = await api.GET('/v1/sagas', { params: { query }, signal });
          return data;
        }}
      />
    </>
  );
}
