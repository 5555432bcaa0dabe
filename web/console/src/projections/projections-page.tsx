import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { Status, type Column } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';

type Projection = Schema<'Projection'>;

const columns: Column<Projection>[] = [
  {
    id: 'name',
    header: 'Read model',
    cell: ({ row: { original: model } }) => (
      <>
        <Link href={`/read-models/${model.name}`}>{model.name}</Link>{' '}
        <span className="soft small">
          version {model.version}
          {model.build > 0 ? `, build ${model.build}` : ''}
        </span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ row: { original: model } }) => (
      <>
        <Status value={model.state} />
        {model.trouble === undefined ? null : <span className="status bad">{model.trouble}</span>}
      </>
    ),
  },
  { id: '#lag', header: 'Behind', cell: ({ row: { original: model } }) => (model.lag === 0 ? '0' : model.lag) },
  {
    id: '#parked',
    header: 'Parked',
    cell: ({ row: { original: model } }) =>
      model.parked === 0 ? '0' : <span className="status bad">{model.parked} keys</span>,
  },
  {
    id: 'position',
    header: 'Position',
    cell: ({ row: { original: model } }) => <span className="mono small break">{model.position || 'none yet'}</span>,
  },
];

/** How far each read model has come, and what it could not apply. */
export default function ProjectionsPage() {
  return (
    <>
      <h1>Read models</h1>
      <p className="soft">
        What is read is folded from the log. A model that is behind shows what was; keys that are parked wait for a
        retry.
      </p>
      <PagedList
        name="read models"
        caption="Read models"
        columns={columns}
        rowId={({ name }) => name}
        empty="This process has no read models."
        load={async (_cursor, signal) => (await api.GET('/v1/projections', { signal })).data}
      />
    </>
  );
}
