import type { Schema } from '../../../shared/api/index.js';
import type { Column } from '../../../shared/ui/index.js';
import { ActionDialog } from '../action/action-dialog.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';
import { targetOf } from './projection-target.js';

type ParkedKey = Schema<'ParkedKey'>;

const columnsOf = (name: string): Column<ParkedKey>[] => [
  {
    id: 'key',
    header: 'Key',
    cell: ({ row: { original: parked } }) => <span className="mono small break">{parked.key}</span>,
  },
  {
    id: 'error',
    header: 'Error',
    cell: ({ row: { original: parked } }) => <span className="small break">{parked.error}</span>,
  },
  { id: '#retry', header: 'Retry', cell: ({ row: { original: parked } }) => <Retry name={name} parked={parked} /> },
];

/** What a read model could not apply, key by key, with its error. */
export const ParkedKeys = ({ name }: { readonly name: string }) => (
  <section className="card" aria-labelledby="parked">
    <h2 id="parked">Parked events</h2>
    <PagedList
      name={`parked ${name}`}
      caption="Parked events"
      columns={columnsOf(name)}
      rowId={({ key }) => key}
      empty="Everything was applied."
      load={async (cursor, signal) => {
        const params = { path: { name }, query: { ...cursor, limit: 20 } };
        const { data } = await api.GET('/v1/projections/{name}/parked', { params, signal });
        return data;
      }}
    />
  </section>
);

function Retry({ name, parked: { key, error } }: { readonly name: string; readonly parked: ParkedKey }) {
  const act = async () => {
    const { data } = await api.POST('/v1/projections/{name}/parked/{key}/retry', { params: { path: { name, key } } });
    if (data?.outcome === 'parked')
      throw new Error(`It still cannot be applied: ${data.reason ?? 'no reason was given'}`);
  };
  return (
    <ActionDialog target={targetOf(name)} label="Retry" title="Apply them again" confirm="Apply them" act={act}>
      <p>
        The events of <span className="mono break">{key}</span> are applied again, in their order. It failed by: {error}
      </p>
    </ActionDialog>
  );
}
