import { useQuery } from '@tanstack/react-query';
import type { Schema } from '../../../../shared/api/index.js';
import { api } from '../../engine.js';

/** Whether every event of the order is still what was recorded. `version` asks anew when the order has changed. */
const useVerification = (id: string, version: number) =>
  useQuery({
    queryKey: ['order', id, 'verification', version],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/orders/{id}/verification', { params: { path: { id } }, signal });
      return data;
    },
  });

/** What the hashes of the log say of the order; nothing where the log has none. */
export function Verification({ order: { orderId, version } }: { readonly order: Schema<'Order'> }) {
  const { data, isPending } = useVerification(orderId, version);
  // As high as what will stand there, so that nothing below it moves.
  if (isPending) return <p className="soft small">The history is being checked …</p>;
  if (data === undefined) return null;
  if (data.intact) {
    return (
      <p className="verified small" title={`Hash of the log: ${data.head}`}>
        <span aria-hidden="true">✓</span> The history is intact: {data.events} events, each as it was recorded.
      </p>
    );
  }
  return (
    <div role="alert" className="alert">
      <p>The history is not what was recorded.</p>
      <ul>
        {data.faults.map(({ stream, revision, fault }) => (
          <li key={`${stream}@${revision}`}>
            <span className="mono break">
              {stream} @ {revision}
            </span>{' '}
            was {fault}
          </li>
        ))}
      </ul>
    </div>
  );
}
