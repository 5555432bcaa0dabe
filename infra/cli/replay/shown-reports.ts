import { ReportAbandonment, ReportAbandonmentHandler } from '../../../read-api/reports/report-abandonment.query.js';
import { ReportCustomers, ReportCustomersHandler } from '../../../read-api/reports/report-customers.query.js';
import { ReportFunnel, ReportFunnelHandler } from '../../../read-api/reports/report-funnel.query.js';
import { ReportPayments, ReportPaymentsHandler } from '../../../read-api/reports/report-payments.query.js';
import { ReportRefunds, ReportRefundsHandler } from '../../../read-api/reports/report-refunds.query.js';
import { ReportTax, ReportTaxHandler } from '../../../read-api/reports/report-tax.query.js';
import type { AskedReport, Reports } from '../../../read-api/reports/reports.js';

/** A report that is made of a read model, by each of what it can be grouped by in one way alone. */
interface ShownReport {
  readonly name: string;
  readonly by: readonly string[];
  readonly items: (reports: Reports, asked: AskedReport) => Promise<readonly object[]>;
}

const BY_DAY = ['day'];

/** By read model. */
export const SHOWN_REPORTS: ReadonlyMap<string, readonly ShownReport[]> = new Map([
  [
    'report-sums',
    [
      {
        name: 'payments',
        by: ['day', 'provider'],
        items: async (reports, asked) =>
          (await new ReportPaymentsHandler(reports).execute(new ReportPayments(asked))).items,
      },
      {
        name: 'refunds',
        by: ['day', 'provider'],
        items: async (reports, asked) =>
          (await new ReportRefundsHandler(reports).execute(new ReportRefunds(asked))).items,
      },
      {
        name: 'tax',
        by: ['day', 'country', 'zone', 'rate'],
        items: async (reports, asked) => (await new ReportTaxHandler(reports).execute(new ReportTax(asked))).items,
      },
    ],
  ],
  [
    'cart-journeys',
    [
      {
        name: 'funnel',
        by: BY_DAY,
        items: async (reports, asked) =>
          (await new ReportFunnelHandler(reports).execute(new ReportFunnel(asked))).items,
      },
      {
        name: 'abandonment',
        by: BY_DAY,
        items: async (reports, asked) =>
          (await new ReportAbandonmentHandler(reports).execute(new ReportAbandonment(asked))).items,
      },
    ],
  ],
  [
    'customer-orders',
    [
      {
        name: 'customers',
        by: ['day', 'cohort'],
        items: async (reports, asked) =>
          (await new ReportCustomersHandler(reports).execute(new ReportCustomers(asked))).items,
      },
    ],
  ],
]);

/** Named as `/v1/explain` names items: report, what it is grouped by, key, currency. */
export async function* itemsOfReport(reports: Reports, report: ShownReport) {
  for (const by of report.by) {
    // A table has all items at once.
    const items = await report.items(reports, { request: { by, limit: 1 }, form: 'csv' });
    for (const doc of items) yield { id: [report.name, by, keyOf(doc), currencyOf(doc)].join('/'), doc };
  }
}

const keyOf = (item: object): string => ('key' in item ? encodeURIComponent(String(item.key)) : '');

/** That of the item, or of its amounts. */
function currencyOf(item: object): string {
  if ('currency' in item) return String(item.currency);
  const amounts = Object.values(item).filter((value: unknown) => typeof value === 'object' && value !== null);
  const [amount] = amounts.filter((value: object) => 'currency' in value) as { readonly currency: string }[];
  return amount?.currency ?? '';
}
