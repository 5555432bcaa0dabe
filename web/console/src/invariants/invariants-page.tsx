import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { Alert } from '../../../shared/ui/index.js';
import { api } from '../engine.js';

type Invariant = Schema<'Invariant'>;

/** What always holds, in a sentence. */
const SENTENCES: Readonly<Record<Invariant['name'], string>> = {
  commands: 'Nothing that was acknowledged is lost, or was done twice.',
  stock: 'What came in is on the shelf or has shipped, and no unit is sold to two buyers.',
  money: 'No more is captured than authorised, no more refunded than captured, and none is held without its order.',
  checkouts: 'Every checkout ends, and lets go of what it held.',
  'read-models': 'What is read is what the log says.',
  causation: 'Every event goes back to a command, and to who sent it.',
};

const useInvariants = () =>
  useQuery({
    queryKey: ['invariants'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/health/invariants', { signal });
      return data;
    },
  });

/** Whether all is as it must be, and where it is not. */
export default function InvariantsPage() {
  const { data, error } = useInvariants();
  return (
    <>
      <h1>Invariants</h1>
      <p className="soft">
        Orders and stock as they are read are held against the log, the newest orders at once, all others round and
        round. {data === undefined ? '' : `${data.items[0]?.checked ?? 0} checks since the start.`}
      </p>
      <Alert error={error} />
      <ul className="cards">
        {data?.items.map((invariant) => (
          <Card key={invariant.name} invariant={invariant} />
        ))}
      </ul>
    </>
  );
}

const Card = ({ invariant: { name, holds, violations } }: { readonly invariant: Invariant }) => (
  <li className="card">
    <div className="waiting-head">
      <h2>{name.replaceAll('-', ' ')}</h2>
      <span className={holds ? 'status good push' : 'status bad push'}>{holds ? 'holds' : 'is broken'}</span>
    </div>
    <p>{SENTENCES[name]}</p>
    {violations.length === 0 ? null : (
      <ul className="reasons">
        {violations.map(({ resource, detail }) => (
          <li key={`${resource} ${detail}`}>
            <Resource resource={resource} /> {detail}
          </li>
        ))}
      </ul>
    )}
  </li>
);

/** Leads to what is broken, where the console has a page of it. */
function Resource({ resource }: { readonly resource: string }) {
  const slash = resource.indexOf('/');
  const [kind, id] = [resource.slice(0, slash), resource.slice(slash + 1)];
  const path = kind === 'orders' ? `/orders/${id}` : `/products/${encodeURIComponent(id)}`;
  return (
    <Link href={path} className="mono">
      {resource}
    </Link>
  );
}
