import { lazy, Suspense } from 'preact/compat';
import { useSearchParams } from 'wouter';
import { moneyText } from '../../../shared/format/index.js';
import { Alert, Table, type Column } from '../../../shared/ui/index.js';
import { CopyButton } from './copy-button.js';
import { csvOf } from './csv.js';
import { before, daysOf, lastDays, type Period } from './periods.js';
import { SalesFilters } from './sales-filters.js';
import { BY, useSales, useShopZone, type Question, type Sales } from './use-sales.js';

const SalesChart = lazy(() => import('./sales-chart.js'));

const DAYS = 30;
/** Rows that are shown; the CSV has them all. */
const MOST_ROWS = 100;

const columns: Column<Sales>[] = [
  { id: 'key', header: 'Of', cell: ({ row: { original: row } }) => <bdi>{row.key}</bdi> },
  { id: '#orders', header: 'Orders', cell: ({ row: { original: row } }) => row.orders },
  { id: '#units', header: 'Units', cell: ({ row: { original: row } }) => row.units },
  { id: '#revenue', header: 'Revenue', cell: ({ row: { original: row } }) => moneyText(row.revenue) },
];

/** What is asked stands in the address, so that it can be sent to somebody. */
function useQuestion(): readonly [Question | null, (question: Question) => void] {
  const [search, setSearch] = useSearchParams();
  const { data: zone } = useShopZone();
  if (zone === undefined) return [null, () => undefined];
  const timeZone = search.get('timeZone') ?? zone;
  const standard = lastDays(DAYS, new Date(), timeZone);
  const by = BY.find((one) => one === search.get('by')) ?? 'day';
  const question = { by, timeZone, from: search.get('from') ?? standard.from, to: search.get('to') ?? standard.to };
  return [question, (asked) => setSearch({ ...asked }, { replace: true })];
}

/** Sales of a period, compared with the one before it, as a chart and a table. */
export default function SalesPage() {
  const [question, ask] = useQuestion();
  return (
    <>
      <h1>Sales</h1>
      <p className="soft">
        Orders count when they are confirmed, at what their lines cost after discounts, without tax and shipping.
      </p>
      {question === null ? null : (
        <>
          <SalesFilters question={question} onChange={ask} />
          <Answer question={question} />
        </>
      )}
    </>
  );
}

function Answer({ question }: { readonly question: Question }) {
  const now = useSales(question);
  const then = useSales({ ...question, ...before(question) });
  if (now.data === undefined) return <Alert error={now.error} />;
  const { items, isWhole } = now.data;
  const earlier = then.data?.items ?? [];
  const csv = () =>
    csvOf(
      ['key', 'orders', 'units', 'revenue.amount', 'revenue.currency'],
      items.map(({ key, orders, units, revenue }) => [key, orders, units, revenue.amount, revenue.currency]),
    );
  const shown =
    question.by === 'day' ? items : items.toSorted((one, other) => other.revenue.amount - one.revenue.amount);
  return (
    <>
      <Alert error={now.error ?? then.error} />
      {currenciesOf(items, earlier).map((currency) => (
        <Compared key={currency} currency={currency} items={items} earlier={earlier} question={question} />
      ))}
      <div className="page-head">
        <p className="soft">
          {items.length === 0
            ? 'Nothing was sold in this time.'
            : `${rowsText(items.length)}${isWhole ? '' : ', and there are more'}`}
        </p>
        <div className="actions">
          <CopyButton label="Copy as CSV" text={csv} />
          <CopyButton label="Copy a link" text={() => location.href} />
        </div>
      </div>
      {items.length === 0 ? null : (
        <Table
          caption={`Sales by ${question.by}`}
          columns={columns}
          rows={shown.slice(0, MOST_ROWS)}
          rowId={({ key, revenue }) => `${key} ${revenue.currency}`}
        />
      )}
    </>
  );
}

const rowsText = (count: number): string => (count === 1 ? 'One row' : `${count} rows`);

const currenciesOf = (...lists: readonly (readonly Sales[])[]): readonly string[] =>
  [...new Set(lists.flat().map(({ revenue }) => revenue.currency))].sort();

const sum = (items: readonly Sales[], currency: string): number =>
  items.filter(({ revenue }) => revenue.currency === currency).reduce((all, { revenue }) => all + revenue.amount, 0);

interface ComparedProps {
  readonly currency: string;
  readonly items: readonly Sales[];
  readonly earlier: readonly Sales[];
  readonly question: Question;
}

/** The revenue in one currency beside that of the period before. */
function Compared({ currency, items, earlier, question }: ComparedProps) {
  const [now, then] = [sum(items, currency), sum(earlier, currency)];
  const change = then === 0 ? null : (now - then) / then;
  const percent = new Intl.NumberFormat(undefined, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 1,
  });
  return (
    <section className="card" aria-label={`Revenue in ${currency}`}>
      <p className="figure">{moneyText({ amount: now, currency })}</p>
      <p className="soft">
        {moneyText({ amount: then, currency })} in the {daysOf(question).length} days before
        {change === null ? '' : ` (${percent.format(change)})`}
      </p>
      {question.by === 'day' ? (
        <Suspense fallback={<div className="chart" />}>
          <SalesChart
            currency={currency}
            days={daysOf(question)}
            now={byDay(items, currency, question)}
            before={byDay(earlier, currency, before(question))}
          />
        </Suspense>
      ) : null}
    </section>
  );
}

/** Revenue of each day of a period, 0 where nothing was sold. */
function byDay(items: readonly Sales[], currency: string, period: Period): readonly number[] {
  const amounts = new Map(
    items.filter(({ revenue }) => revenue.currency === currency).map(({ key, revenue }) => [key, revenue.amount]),
  );
  return daysOf(period).map((day) => amounts.get(day) ?? 0);
}
