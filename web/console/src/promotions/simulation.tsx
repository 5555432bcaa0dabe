import { useMutation } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { Alert } from '../../../shared/ui/index.js';

const DAY_MS = 86_400_000;
const PERIODS = [7, 30, 90] as const;

type SimulationOf = Schema<'PromotionSimulation'>;

/** Asks for what a promotion would have given on the orders of a time. */
export type Simulate = (period: Schema<'SimulationBody'>) => Promise<SimulationOf | undefined>;

interface SimulationProps {
  readonly simulate: Simulate;
  /** Said with what was found; where it may be of another promotion by now, that. */
  readonly note?: ComponentChildren;
}

/** What a promotion would have given on the orders of some days that are past; nothing is changed by asking. */
export function Simulation({ simulate, note }: SimulationProps) {
  const [days, setDays] = useState<number>(PERIODS[1]);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (period: number) => {
      const to = new Date();
      return simulate({ from: new Date(to.getTime() - period * DAY_MS).toISOString(), to: to.toISOString() });
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
      <div aria-live="polite">
        {data === undefined ? null : <Outcome outcome={data} />}
        {data === undefined ? null : note}
      </div>
    </section>
  );
}

const Outcome = ({ outcome }: { readonly outcome: SimulationOf }) => (
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
