import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'wouter';
import { momentText } from '../../../../shared/format/index.js';
import { Alert } from '../../../../shared/ui/index.js';
import { api } from '../../engine.js';
import { momentsOf, type Entry, type Moment } from '../timeline.js';
import { useHistory, useOrder } from '../use-order.js';
import { fieldText, valueText } from '../why/in-words.js';
import { valueChanges, withMoney, type Change } from './value-changes.js';

const useDiff = (id: string, from: string, to: string) =>
  useQuery({
    queryKey: ['order', id, 'diff', from, to],
    enabled: from !== '' && to !== '' && from <= to,
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { from, to } };
      const { data } = await api.GET('/v1/orders/{id}/diff', { params, signal });
      return data;
    },
  });

/** The two moments that the address names, else the first and the last. */
function useMoments(moments: readonly Moment[]) {
  const [search, setSearch] = useSearchParams();
  const from = search.get('from') ?? moments[0]?.at ?? '';
  const to = search.get('to') ?? moments.at(-1)?.at ?? '';
  const choose = (name: 'from' | 'to', at: string) => setSearch({ from, to, [name]: at }, { replace: true });
  return { from, to, choose };
}

/** What is different of an order between two moments, each with the event that changed it last. */
export default function ChangesPage() {
  const { id = '' } = useParams<{ id: string }>();
  const history = useHistory(id, '');
  const moments = momentsOf(history.entries, id);
  const { from, to, choose } = useMoments(moments);
  const { data, error } = useDiff(id, from, to);
  return (
    <>
      <header className="page-head">
        <h1>Two moments compared</h1>
        <Link href={`/orders/${id}`}>Back to the order</Link>
      </header>
      <form className="card filters">
        <MomentChoice label="From" moments={moments} value={from} onChange={(at) => choose('from', at)} />
        <MomentChoice label="To" moments={moments} value={to} onChange={(at) => choose('to', at)} />
      </form>
      <Alert error={history.error ?? error} />
      {from > to ? <p role="status">The first moment is after the second.</p> : null}
      {data === undefined ? null : <Differences orderId={id} changes={data.changes} entries={history.entries} />}
    </>
  );
}

interface MomentChoiceProps {
  readonly label: string;
  readonly moments: readonly Moment[];
  readonly value: string;
  readonly onChange: (at: string) => void;
}

const MomentChoice = ({ label, moments, value, onChange }: MomentChoiceProps) => (
  <label className="grow">
    {label}
    <select className="input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {moments.map(({ at, titles }) => (
        <option key={at} value={at}>
          {momentText(at)}: {titles[0]}
        </option>
      ))}
    </select>
  </label>
);

interface DifferencesProps {
  readonly orderId: string;
  readonly changes: readonly Change[];
  readonly entries: readonly Entry[];
}

function Differences({ orderId, changes, entries }: DifferencesProps) {
  const { data: order } = useOrder(orderId);
  const summaries = new Map(entries.map(({ eventId, summary }) => [eventId, summary]));
  if (order === undefined) return null;
  if (changes.length === 0) return <p className="card">Nothing is different.</p>;
  return (
    <section className="card" aria-label="Differences">
      <table className="table rows even">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Changed last by</th>
          </tr>
        </thead>
        <tbody>
          {withMoney(changes, order.totals.total.currency)
            .flatMap(valueChanges)
            .map(({ path, before, after, by }) => (
              <tr key={path}>
                <td data-label="What">{fieldText(path)}</td>
                <td data-label="Before">
                  <bdi>{valueText(before)}</bdi>
                </td>
                <td data-label="After">
                  <bdi>{valueText(after)}</bdi>
                </td>
                <td data-label="Changed last by">
                  <bdi>{summaries.get(by) ?? by}</bdi>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
