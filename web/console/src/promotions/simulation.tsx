import { useMutation } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { Alert } from '../../../shared/ui/index.js';
import { api } from '../engine.js';

const DAY_MS = 86_400_000;
const PERIODS = [7, 30, 90] as const;

/** What a promotion would have given on the orders of some days that are past; nothing is changed by asking. */
export function Simulation({ promotionId }: { readonly promotionId: string }) {
  const [days, setDays] = useState<number>(PERIODS[1]);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (period: number) => {
      const to = new Date();
      const body = { from: new Date(to.getTime() - period * DAY_MS).toISOString(), to: to.toISOString() };
      const answer = await api.POST('/v1/promotions/{id}/simulation', { params: { path: { id: promotionId } }, body });
      return answer.data;
    },
  });
  return (
    <section className="card" aria-labelledby="simulation">
      <h2 id="simulation">What it would have cost</h2>
      <form
        className="search-row"
        onSubmit={(event) => {
          event.preventDefault();
          mutate(days);
        }}
      >
        <select
          className="input"
          aria-label="Orders of"
          value={days}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        >
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              the last {period} days
            </option>
          ))}
        </select>
        <button type="submit" className="button" disabled={isPending}>
          {isPending ? 'Computing …' : 'Simulate'}
        </button>
      </form>
      <Alert error={error} isOfAction />
      <div aria-live="polite">{data === undefined ? null : <Outcome outcome={data} />}</div>
    </section>
  );
}

const Outcome = ({ outcome }: { readonly outcome: Schema<'PromotionSimulation'> }) => (
  <>
    <p className="figure">{outcome.cost.map(moneyText).join(', ') || 'Nothing'}</p>
    <p className="soft">
      on {outcome.discounted} of {outcome.orders} orders
    </p>
    <ul className="plain small">
      {outcome.examples.slice(0, 5).map(({ orderId, before, after }) => (
        <li key={orderId}>
          <Link href={`/orders/${orderId}`}>An order</Link> of {moneyText(before)} would have been {moneyText(after)}
        </li>
      ))}
    </ul>
  </>
);
