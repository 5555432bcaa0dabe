import { Link, useParams } from 'wouter';
import { Alert, Table, type Column } from '../../../shared/ui/index.js';
import { Cohorts } from './cohorts.js';
import { Compared } from './compared.js';
import { CopyButton } from './copy-button.js';
import { Funnel } from './funnel.js';
import { PeriodFilters } from './period-filters.js';
import { before } from './periods.js';
import { REPORT_NAMES, REPORTS, type ReportKind, type ReportName, type ShownRow } from './report-kinds.js';
import { linkTo, REPORTS_PATH, rowsText } from './texts.js';
import { useQuestion } from './use-question.js';
import { csvOf, useReport, type Question } from './use-report.js';

/** Rows that are shown; the CSV has them all. */
const MOST_ROWS = 100;
/** What is read in its own order, and not by the size of its figure. */
const TIMES = new Set(['day', 'week', 'month', 'cohort']);

/** One report of a period, compared with the one before it. */
export default function ReportsPage() {
  const { report: asked } = useParams<{ readonly report?: string }>();
  const name = REPORT_NAMES.find((one) => one === asked) ?? 'payments';
  return <Report key={name} name={name} />;
}

function Report({ name }: { readonly name: ReportName }) {
  const kind: ReportKind = REPORTS[name];
  const [question, ask] = useQuestion(kind.by);
  return (
    <>
      <h1>{kind.title}</h1>
      <nav aria-label="Reports" className="tabs">
        {REPORT_NAMES.map((one) => (
          <Link key={one} href={`${REPORTS_PATH}/${one}`} aria-current={one === name ? 'page' : undefined}>
            {REPORTS[one].title}
          </Link>
        ))}
      </nav>
      <p className="soft">{kind.about}</p>
      {question === null ? null : (
        <>
          <PeriodFilters by={kind.by} question={question} onChange={ask} />
          <Answer name={name} question={question} />
        </>
      )}
    </>
  );
}

interface AnswerProps {
  readonly name: ReportName;
  readonly question: Question;
}

function Answer({ name, question }: AnswerProps) {
  const kind: ReportKind = REPORTS[name];
  const now = useReport(name, question);
  const then = useReport(name, { ...question, ...before(question) });
  if (now.data === undefined) return <Alert error={now.error} />;
  const { rows, isWhole } = now.data;
  const sorted = TIMES.has(question.by) ? rows : rows.toSorted((one, other) => other.figure - one.figure);
  return (
    <>
      <Alert error={now.error ?? then.error} />
      {name === 'funnel' ? (
        <Funnel question={question} />
      ) : (
        <Compared
          label={kind.figure}
          text={kind.figureText}
          now={rows}
          then={then.data?.rows ?? []}
          question={question}
        />
      )}
      {name === 'customers' ? <Cohorts question={question} /> : null}
      <div className="page-head">
        <p className="soft">{rowsText(rows.length, isWhole)}</p>
        <div className="actions">
          <CopyButton label="Copy as CSV" text={() => csvOf(name, question)} />
          <CopyButton label="Copy a link" text={() => linkTo(question)} />
        </div>
      </div>
      {rows.length === 0 ? null : (
        <Table
          caption={`${kind.title} by ${question.by}`}
          columns={columnsOf(kind)}
          rows={sorted.slice(0, MOST_ROWS)}
          rowId={({ key, currency }) => `${key} ${currency ?? ''}`}
        />
      )}
    </>
  );
}

const columnsOf = ({ headers }: ReportKind): Column<ShownRow>[] => [
  { id: 'key', header: 'Of', cell: ({ row: { original: row } }) => <bdi>{row.key}</bdi> },
  ...headers.map((header, index): Column<ShownRow> => {
    const cell: Column<ShownRow>['cell'] = ({ row: { original: row } }) => row.cells[index];
    return { id: `#${header}`, header, cell };
  }),
];
