import type { Schema } from '../../../shared/api/index.js';
import { moneyText, timeText } from '../../../shared/format/index.js';
import { durationText } from './durations.js';

/** A row of a report as it is shown, whatever it is of. */
export interface ShownRow {
  readonly key: string;
  /** Null in a report that has none. */
  readonly currency: string | null;
  /** What is compared and drawn. */
  readonly figure: number;
  readonly cells: readonly string[];
}

/** How one report is asked for and shown. */
export interface ReportKind {
  readonly title: string;
  readonly about: string;
  readonly by: readonly string[];
  /** Names of the cells. */
  readonly headers: readonly string[];
  readonly figure: string;
  readonly figureText: (figure: number, currency: string | null) => string;
  readonly rowOf: (item: object) => ShownRow;
}

type Money = Schema<'ReportSum'>;

const money = (amount: Money): string => moneyText(amount);
const amountText = (amount: number, currency: string | null): string =>
  currency === null ? String(Math.round(amount)) : moneyText({ amount: Math.round(amount), currency });
const TIMES = ['day', 'week', 'month'];

interface Told<Item> extends Omit<ReportKind, 'rowOf' | 'figureText'> {
  readonly figureText?: ReportKind['figureText'];
  readonly shown: (item: Item) => Omit<ShownRow, 'key'>;
}

/** Hides what its items are: each kind is asked for its own alone. */
const kind = <Item extends { readonly key: string }>({ shown, ...told }: Told<Item>): ReportKind => ({
  figureText: amountText,
  ...told,
  rowOf: (item) => ({ key: (item as Item).key, ...shown(item as Item) }),
});

/** By the last part of their addresses, in the order in which they are offered. */
export const REPORTS = {
  payments: kind<Schema<'PaymentsReportItem'>>({
    title: 'Payments',
    about: 'What payment providers held, took, gave back and let go, when they said so.',
    by: [...TIMES, 'provider', 'channel'],
    headers: ['Authorised', 'Captured', 'Refunded', 'Voided'],
    figure: 'Captured',
    shown: ({ authorized, captured, refunded, voided }) => ({
      currency: captured.currency,
      figure: captured.amount,
      cells: [authorized, captured, refunded, voided].map(money),
    }),
  }),
  refunds: kind<Schema<'RefundsReportItem'>>({
    title: 'Refunds',
    about: 'What was paid back to providers and gift cards, when it was.',
    by: [...TIMES, 'provider', 'channel'],
    headers: ['Refunds', 'Amount'],
    figure: 'Paid back',
    shown: ({ count, amount }) => ({
      currency: amount.currency,
      figure: amount.amount,
      cells: [String(count), money(amount)],
    }),
  }),
  tax: kind<Schema<'TaxReportItem'>>({
    title: 'Tax',
    about: 'Net and tax of the orders that were confirmed; cancellations and refunds change nothing.',
    by: ['country', 'zone', 'rate', ...TIMES, 'channel'],
    headers: ['Orders', 'Net', 'Tax'],
    figure: 'Tax',
    shown: ({ orders, net, tax }) => ({
      currency: tax.currency,
      figure: tax.amount,
      cells: [String(orders), money(net), money(tax)],
    }),
  }),
  funnel: kind<Schema<'FunnelReportItem'>>({
    title: 'Funnel',
    about: 'How far the carts came that were opened in these days, up to now.',
    by: [...TIMES, 'channel'],
    headers: ['Opened', 'With items', 'Checked out', 'Paid', 'Shipped', 'Delivered'],
    figure: 'Paid',
    figureText: (carts) => String(Math.round(carts)),
    shown: ({ currency, opened, withItems, checkedOut, paid, shipped, delivered }) => ({
      currency,
      figure: paid,
      cells: [opened, withItems, checkedOut, paid, shipped, delivered].map(String),
    }),
  }),
  abandonment: kind<Schema<'AbandonmentReportItem'>>({
    title: 'Abandoned carts',
    about: 'Carts that were opened in these days and that nobody came back to, with what was in them.',
    by: [...TIMES, 'channel'],
    headers: ['Carts', 'Abandoned', 'Value left'],
    figure: 'Value left',
    shown: ({ carts, abandoned, value }) => ({
      currency: value.currency,
      figure: value.amount,
      cells: [String(carts), String(abandoned), money(value)],
    }),
  }),
  customers: kind<Schema<'CustomersReportItem'>>({
    title: 'Customers',
    about: 'First orders and those of customers who had ordered before; a cohort is the month of the first order.',
    by: [...TIMES, 'cohort', 'channel'],
    headers: ['New', 'Returning', 'Orders', 'Revenue'],
    figure: 'Revenue',
    shown: ({ new: first, returning, orders, revenue }) => ({
      currency: revenue.currency,
      figure: revenue.amount,
      cells: [String(first), String(returning), String(orders), money(revenue)],
    }),
  }),
  'stock-outs': kind<Schema<'StockOutsReportItem'>>({
    title: 'Stock-outs',
    about: 'How long SKUs could not be sold, and what orders were refused for meanwhile.',
    by: ['sku', ...TIMES],
    headers: ['Times out', 'Out for', 'Still out since', 'Orders refused', 'Units asked for'],
    figure: 'Out of stock',
    figureText: (seconds) => durationText(seconds * 1000),
    shown: ({ times, secondsOut, outSince, asked }) => ({
      currency: null,
      figure: secondsOut,
      cells: [
        String(times),
        durationText(secondsOut * 1000),
        outSince === null ? '–' : timeText(outSince),
        String(asked.orders),
        String(asked.units),
      ],
    }),
  }),
} satisfies Record<string, ReportKind>;

export type ReportName = keyof typeof REPORTS;
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];
