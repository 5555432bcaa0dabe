import { moneyText } from '../../../shared/format/index.js';
import { Alert, Table, type Column } from '../../../shared/ui/index.js';
import { before, Compared, CopyButton, csvOf, linkTo, PeriodFilters, rowsText, useQuestion } from '../reports/index.js';
import type { Figure, Question } from '../reports/index.js';
import { BY, useSales, type Sales } from './use-sales.js';

/** Rows that are shown; the CSV has them all. */
const MOST_ROWS = 100;

const columns: Column<Sales>[] = [
  { id: 'key', header: 'Of', cell: ({ row: { original: row } }) => <bdi>{row.key}</bdi> },
  { id: '#orders', header: 'Orders', cell: ({ row: { original: row } }) => row.orders },
  { id: '#units', header: 'Units', cell: ({ row: { original: row } }) => row.units },
  { id: '#revenue', header: 'Revenue', cell: ({ row: { original: row } }) => moneyText(row.revenue) },
];

/** Sales of a period, compared with the one before it, as a chart and a table. */
export default function SalesPage() {
  const [question, ask] = useQuestion(BY);
  return (
    <>
      <h1>Sales</h1>
      <p className="soft">
        Orders count when they are confirmed, at what their lines cost after discounts, without tax and shipping.
      </p>
      {question === null ? null : (
        <>
          <PeriodFilters by={BY} question={question} onChange={ask} />
          <Answer question={question} />
        </>
      )}
    </>
  );
}

const figuresOf = (items: readonly Sales[]): readonly Figure[] =>
  items.map(({ key, revenue }) => ({ key, currency: revenue.currency, figure: revenue.amount }));

function Answer({ question }: { readonly question: Question }) {
  const now = useSales(question);
  const then = useSales({ ...question, ...before(question) });
  if (now.data === undefined) return <Alert error={now.error} />;
  const { items, isWhole } = now.data;
  const shown =
    question.by === 'day' ? items : items.toSorted((one, other) => other.revenue.amount - one.revenue.amount);
  return (
    <>
      <Alert error={now.error ?? then.error} />
      <Compared
        label="Revenue"
        text={(amount, currency) => moneyText({ amount: Math.round(amount), currency: currency ?? '' })}
        now={figuresOf(items)}
        then={figuresOf(then.data?.items ?? [])}
        question={question}
      />
      <div className="page-head">
        <p className="soft">{rowsText(items.length, isWhole)}</p>
        <div className="actions">
          <CopyButton label="Copy as CSV" text={() => csvOf('sales', question)} />
          <CopyButton label="Copy a link" text={() => linkTo(question)} />
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
