import { moneyText } from '../../../shared/format/index.js';
import { monthsUpTo } from './periods.js';
import { useCohorts, type CohortOf, type Question } from './use-report.js';

const MONTHS = 6;

/** Customers by the month of their first order, and what they ordered in each month since. */
export function Cohorts({ question }: { readonly question: Question }) {
  const months = monthsUpTo(question.to, MONTHS);
  const found = useCohorts(months, question.timeZone).data ?? [];
  const currencies = [...new Set(found.flat().map(({ revenue }) => revenue.currency))].sort();
  return (
    <>
      {currencies.map((currency) => (
        <CohortTable
          key={currency}
          currency={currency}
          months={months.map(({ from }) => from.slice(0, 7))}
          ordered={found.map((items) => items.filter(({ revenue }) => revenue.currency === currency))}
        />
      ))}
    </>
  );
}

interface CohortTableProps {
  readonly currency: string;
  readonly months: readonly string[];
  /** By month, in the same order. */
  readonly ordered: readonly (readonly CohortOf[])[];
}

function CohortTable({ currency, months, ordered }: CohortTableProps) {
  const cohorts = [...new Set(ordered.flat().map(({ key }) => key))].sort();
  return (
    <section className="card">
      <h2 id={`cohorts-${currency}`}>Cohorts in {currency}</h2>
      <p className="soft">Orders and revenue of each month, by the month in which the customer first ordered.</p>
      <div className="scrolled" role="region" aria-labelledby={`cohorts-${currency}`} tabIndex={0}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">First order</th>
              {months.map((month) => (
                <th key={month} scope="col" className="end">
                  {month}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map((cohort) => (
              <tr key={cohort}>
                <th scope="row">{cohort}</th>
                {months.map((month, index) => (
                  <td key={month} className="end">
                    <Cell item={ordered[index]?.find(({ key }) => key === cohort)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const Cell = ({ item }: { readonly item: CohortOf | undefined }) =>
  item === undefined ? (
    <span className="soft">–</span>
  ) : (
    <>
      {item.new + item.returning}
      <br />
      <span className="soft small">{moneyText(item.revenue)}</span>
    </>
  );
