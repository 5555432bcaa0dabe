import { durationText } from './durations.js';
import { before } from './periods.js';
import { useFunnel, type FunnelOf, type Question } from './use-report.js';

const STEPS = ['withItems', 'checkedOut', 'paid', 'shipped', 'delivered'] as const;
const LABELS = {
  opened: 'Opened',
  withItems: 'With items',
  checkedOut: 'Checked out',
  paid: 'Paid',
  shipped: 'Shipped',
  delivered: 'Delivered',
};

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const shareText = (part: number, whole: number): string => (whole === 0 ? '–' : percent.format(part / whole));

interface Step {
  readonly label: string;
  readonly carts: number;
  readonly meanMs: number | null;
}

const sum = (items: readonly FunnelOf[], of: (item: FunnelOf) => number): number =>
  items.reduce((all, item) => all + of(item), 0);

/** The steps of all carts of a currency. */
function stepsOf(items: readonly FunnelOf[]): readonly Step[] {
  const steps = STEPS.map((step) => {
    const count = sum(items, ({ times }) => times[step].count);
    const total = sum(items, ({ times }) => times[step].totalMs);
    return { label: LABELS[step], carts: sum(items, (item) => item[step]), meanMs: count === 0 ? null : total / count };
  });
  return [{ label: LABELS.opened, carts: sum(items, ({ opened }) => opened), meanMs: null }, ...steps];
}

/** How far carts came, as bars one below the other, with how many came so far in the period before. */
export function Funnel({ question }: { readonly question: Question }) {
  const now = useFunnel(question).data ?? [];
  const then = useFunnel({ ...question, ...before(question) }).data ?? [];
  const currencies = [...new Set(now.map(({ currency }) => currency))].sort();
  return (
    <>
      {currencies.map((currency) => (
        <Bars
          key={currency}
          currency={currency}
          steps={stepsOf(now.filter((item) => item.currency === currency))}
          earlier={stepsOf(then.filter((item) => item.currency === currency))}
        />
      ))}
    </>
  );
}

interface BarsProps {
  readonly currency: string;
  readonly steps: readonly Step[];
  readonly earlier: readonly Step[];
}

function Bars({ currency, steps, earlier }: BarsProps) {
  const opened = steps[0]?.carts ?? 0;
  const openedBefore = earlier[0]?.carts ?? 0;
  return (
    <section className="card" aria-label={`Carts in ${currency}`}>
      <h2>Carts in {currency}</h2>
      <ol className="funnel">
        {steps.map(({ label, carts, meanMs }, index) => (
          <li key={label}>
            <p className="funnel-step">
              <strong>{label}</strong> {carts}
              <span className="soft">
                {' '}
                · {shareText(carts, opened)} of all
                {index > 0 && openedBefore > 0
                  ? `, ${shareText(earlier[index]?.carts ?? 0, openedBefore)} in the period before`
                  : ''}
                {meanMs === null ? '' : ` · ${durationText(meanMs)} from the step before on average`}
              </span>
            </p>
            <div className="funnel-bar" aria-hidden="true">
              <div style={{ inlineSize: `${opened === 0 ? 0 : (100 * carts) / opened}%` }} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
