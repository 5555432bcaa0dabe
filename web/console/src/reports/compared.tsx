import { lazy, Suspense } from 'preact/compat';
import { before, daysOf, type Period } from './periods.js';
import type { Question } from './use-report.js';

const PeriodChart = lazy(() => import('./period-chart.js'));

/** What is compared of a row of any report. */
export interface Figure {
  readonly key: string;
  readonly currency: string | null;
  readonly figure: number;
}

interface ComparedProps {
  readonly label: string;
  readonly text: (figure: number, currency: string | null) => string;
  readonly now: readonly Figure[];
  readonly then: readonly Figure[];
  readonly question: Question;
}

const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  signDisplay: 'exceptZero',
  maximumFractionDigits: 1,
});

/** The figure of a report beside that of the period before, in each currency; by day also as a chart. */
export function Compared({ label, text, now, then, question }: ComparedProps) {
  const currencies = [...new Set([...now, ...then].map(({ currency }) => currency))].sort();
  const only = (rows: readonly Figure[], currency: string | null) => rows.filter((row) => row.currency === currency);
  return (
    <>
      {currencies.map((currency) => (
        <One
          key={currency}
          label={currency === null ? label : `${label} in ${currency}`}
          text={(figure) => text(figure, currency)}
          now={only(now, currency)}
          then={only(then, currency)}
          question={question}
        />
      ))}
    </>
  );
}

interface OneProps extends Omit<ComparedProps, 'text'> {
  readonly text: (figure: number) => string;
}

const sum = (rows: readonly Figure[]): number => rows.reduce((all, { figure }) => all + figure, 0);

function One({ label, text, now, then, question }: OneProps) {
  const [total, earlier] = [sum(now), sum(then)];
  const change = earlier === 0 ? '' : ` (${percent.format((total - earlier) / earlier)})`;
  return (
    <section className="card" aria-label={label}>
      <h2>{label}</h2>
      <p className="figure">{text(total)}</p>
      <p className="soft">
        {text(earlier)} in the {daysOf(question).length} days before
        {change}
      </p>
      {question.by === 'day' ? (
        <Suspense fallback={<div className="chart" />}>
          <PeriodChart
            text={text}
            days={daysOf(question)}
            now={byDay(now, question)}
            before={byDay(then, before(question))}
          />
        </Suspense>
      ) : null}
    </section>
  );
}

/** The figure of each day of a period, 0 where there was nothing. */
function byDay(rows: readonly Figure[], period: Period): readonly number[] {
  const figures = new Map(rows.map(({ key, figure }) => [key, figure]));
  return daysOf(period).map((day) => figures.get(day) ?? 0);
}
