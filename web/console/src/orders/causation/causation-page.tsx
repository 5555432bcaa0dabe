import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'preact/hooks';
import { Link, useParams } from 'wouter';
import { Alert } from '../../../../shared/ui/index.js';
import { api } from '../../engine.js';
import { CausationPicture } from './causation-picture.js';
import { drawn, mainCause } from './layout.js';
import { NodeDetails } from './node-details.js';

const useCausation = (id: string) =>
  useQuery({
    queryKey: ['order', id, 'causation'],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/orders/{id}/causation', { params: { path: { id } }, signal });
      return data;
    },
  });

/** What led to what in the life of an order, as a picture that one walks from cause to effect. */
export default function CausationPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { data, error } = useCausation(id);
  const [choice, setChosen] = useState<string | null>(null);
  const main = useMemo(() => (data === undefined ? '' : mainCause(data)), [data]);
  const chosen = choice ?? main;
  const picture = useMemo(() => (data === undefined ? null : drawn(data)), [data]);
  return (
    <>
      <header className="page-head">
        <h1>What led to what</h1>
        <Link href={`/orders/${id}`}>Back to the order</Link>
      </header>
      <Alert error={error} />
      {data === undefined || picture === null ? (
        <p className="soft">{error === null ? 'Loading …' : ''}</p>
      ) : (
        <div className="causation">
          <CausationPicture picture={picture} chosen={chosen} onChoose={setChosen} />
          <NodeDetails graph={data} chosen={chosen} onChoose={setChosen} />
        </div>
      )}
    </>
  );
}
