import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { GiftCardRefunded } from '../../domain/gift-card/index.js';
import type { OrderConfirmed } from '../../domain/order/index.js';
import type { PaymentAuthorized, PaymentCaptured, PaymentRefunded, PaymentVoided } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import { readModel, type Fold, type PassedOn } from '../../infra/engine/projections/read-model.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';

/** What is summed up for reports, in the order in which a document has it; times in milliseconds. */
export const REPORT_SUMS = {
  payments: ['authorized', 'captured', 'refunded', 'voided'],
  refunds: ['count', 'amount'],
  tax: ['orders', 'net', 'tax'],
  carts: [
    'opened',
    'withItems',
    'withItemsMs',
    'checkedOut',
    'checkedOutMs',
    'paid',
    'paidMs',
    'shipped',
    'shippedMs',
    'delivered',
    'deliveredMs',
    'abandoned',
    'value',
  ],
  customers: ['new', 'returning', 'orders', 'revenue'],
} as const;
export type SummedReport = keyof typeof REPORT_SUMS;
export type SumOf<Report extends SummedReport> = (typeof REPORT_SUMS)[Report][number];

/** What an event adds to the sums of one report under one key. */
export interface Addition<Report extends SummedReport = SummedReport> {
  readonly report: Report;
  /** What the report can be grouped by; without a blank. */
  readonly dimension: string;
  readonly key: string;
  /** Whole numbers, money in minor units; a sum that is absent gets nothing. */
  readonly adds: Readonly<Partial<Record<SumOf<Report>, number | bigint>>>;
}

/** What an event adds to sums, all of it in one currency and one channel. */
export interface Tally {
  readonly currency: string;
  /** Code of the channel; the default one where it is absent. */
  readonly channel?: string | undefined;
  /** Once in every dimension of a report, or once for each of several keys. */
  readonly additions: readonly Addition[];
}

/**
 * What reports count in an hour of UTC in one currency, by quarters of an hour (whose sums add up to the days of any time zone). Sums are
 * text of their digits: each event's amount is exact, and a sum of them may go beyond what a JSON number keeps. Id: `EUR 2026-11-05T10`.
 *
 * Small enough to be written with every event, and few: an hour has one for a currency, whatever it counts.
 */
export interface ReportSumsDocument {
  currency: string;
  hour: string;
  /** By minute, report, dimension, channel and key, parted by blanks: `45 payments provider default stripe`. */
  counts: Record<string, string[]>;
}

/** Stands in the place of a provider for what goes back to gift cards. */
export const GIFT_CARDS = 'gift-card';
/** Stands in the place of a tax zone where none names the destination. */
export const NO_ZONE = 'none';

interface Moved {
  readonly channel?: string;
  readonly amount: Money;
}

const moved = ({ amount, channel }: Moved, additions: readonly Addition[]): Tally => ({
  currency: amount.currency,
  channel,
  additions,
});

const paid =
  (sum: SumOf<'payments'>) =>
  (data: Moved & { readonly provider: string }): Tally =>
    moved(data, [payment(data, sum)]);

const payment = ({ provider, amount }: Moved & { readonly provider: string }, sum: SumOf<'payments'>): Addition => ({
  report: 'payments',
  dimension: 'provider',
  key: provider,
  adds: { [sum]: amount.amount },
});

/** Each part of a refund that goes to a provider or to a gift card counts by itself. */
const refund = ({ amount }: Moved, provider: string): Addition => ({
  report: 'refunds',
  dimension: 'provider',
  key: provider,
  adds: { count: 1, amount: amount.amount },
});

/**
 * What the order is taxed; a cancellation changes nothing. By rate `net` is what that rate is taken of, so that what is taxed by two
 * rates counts in both; by country and zone it is the whole order without tax, but for gift cards.
 */
function taxOf({ channel, taxed }: OrderConfirmed['data']): Tally | null {
  // Orders that were confirmed before the event said so.
  if (taxed === undefined) return null;
  const { country, zone, net, taxes } = taxed;
  const tax = taxes.reduce((sum, { amount }) => sum + BigInt(amount.amount), 0n);
  const part = { report: 'tax' as const, adds: { orders: 1, net: net.amount, tax } };
  const byRate = taxes.map(({ rate, base, amount }) => ({
    report: 'tax' as const,
    dimension: 'rate',
    key: rate,
    adds: { orders: 1, net: base.amount, tax: amount.amount },
  }));
  const additions = [
    { ...part, dimension: 'country', key: country },
    { ...part, dimension: 'zone', key: zone ?? NO_ZONE },
    ...byRate,
  ];
  return { currency: net.currency, channel, additions };
}

type Counted =
  | PaymentAuthorized
  | PaymentCaptured
  | PaymentRefunded
  | PaymentVoided
  | GiftCardRefunded
  | OrderConfirmed;

const tallies: {
  readonly [Type in Counted['type']]: (data: Extract<Counted, { readonly type: Type }>['data']) => Tally | null;
} = {
  'payment.authorized.v1': paid('authorized'),
  'payment.captured.v1': paid('captured'),
  'payment.voided.v1': paid('voided'),
  'payment.refunded.v1': (data) => moved(data, [payment(data, 'refunded'), refund(data, data.provider)]),
  'gift-card.refunded.v1': (data) => moved(data, [refund(data, GIFT_CARDS)]),
  'order.confirmed.v1': taxOf,
};

/** Says what an event adds; null where it adds nothing. The sums of a report are those of its events and nothing else. */
export function tallyOf({ type, data }: RecordedEvent<object>): Tally | null {
  const rules: Readonly<Record<string, ((data: never) => Tally | null) | undefined>> = tallies;
  return rules[type]?.(data as never) ?? null;
}

/** Minutes in which a quarter of an hour begins. */
const QUARTER = 15;

/**
 * Names the quarter of an hour that a time of the log (RFC 3339 UTC) lies in by the minute in which it begins, `2026-11-05T10:45`.
 * Days begin at a quarter of an hour of UTC in every time zone, so that sums by quarters add up to the days of any.
 */
export function quarterOf(at: string): string {
  const minute = Number(at.slice(14, 16));
  return `${at.slice(0, 14)}${String(minute - (minute % QUARTER)).padStart(2, '0')}`;
}

/** Finds documents of sums by their time; others of the same model have no `hour`. */
export const BY_HOUR = { name: 'by-hour', fields: ['hour'] };

const hourOf = (at: string): string => at.slice(0, 'YYYY-MM-DDTHH'.length);
const sumsId = ({ currency }: Tally, at: string): string => `${currency} ${hourOf(at)}`;

/** Adds a tally to the document of its hour. */
function added(doc: ReportSumsDocument | null, { currency, channel, additions }: Tally, at: string) {
  const document = doc ?? { currency, hour: hourOf(at), counts: {} };
  const minute = quarterOf(at).slice(-2);
  for (const { report, dimension, key, adds } of additions) {
    const sums: readonly string[] = REPORT_SUMS[report];
    const more: Readonly<Record<string, number | bigint>> = adds;
    const name = `${minute} ${report} ${dimension} ${channel ?? DEFAULT_CHANNEL} ${key}`;
    const count = (document.counts[name] ??= sums.map(() => '0'));
    sums.forEach((sum, place) => (count[place] = String(BigInt(count[place] ?? 0) + BigInt(more[sum] ?? 0))));
  }
  return document;
}

/** A tally that counts at a time, which need not be that of the event. */
export interface TimedTally extends Tally {
  /** RFC 3339 UTC, at least to the minute. */
  readonly at: string;
}

/** Passes tallies on to the documents of their hours. */
export const tallied = (tallies: readonly TimedTally[]): readonly PassedOn<ReportSumsDocument>[] =>
  tallies.map((tally) => ({ id: sumsId(tally, tally.at), evolve: (doc) => added(doc, tally, tally.at) }));

const counted: Fold<ReportSumsDocument, object> = {
  key: (event) => {
    const tally = tallyOf(event);
    return tally === null ? [] : sumsId(tally, event.at);
  },
  evolve: (doc, event) => {
    const tally = tallyOf(event);
    return tally === null ? doc : added(doc, tally, event.at);
  },
};

/** The sums of the reports whose events say all that is counted. */
export const reportSumsReadModel = readModel<ReportSumsDocument, Counted>({
  name: 'report-sums',
  version: 1,
  indexes: [BY_HOUR],
  on: {
    'payment.authorized.v1': counted,
    'payment.captured.v1': counted,
    'payment.voided.v1': counted,
    'payment.refunded.v1': counted,
    'gift-card.refunded.v1': counted,
    'order.confirmed.v1': counted,
  },
});

/** What was counted in a quarter of an hour in one currency. */
export interface CountedPart {
  /** When the quarter began, `2026-11-05T10:45`. */
  readonly at: string;
  readonly report: string;
  readonly dimension: string;
  readonly channel: string;
  readonly key: string;
  readonly currency: string;
  /** In the order of `REPORT_SUMS`, as text of their digits. */
  readonly sums: readonly string[];
}

export const countedParts = ({ hour, currency, counts }: ReportSumsDocument): readonly CountedPart[] =>
  Object.entries(counts).map(([name, sums]) => {
    const [minute = '', report = '', dimension = '', channel = ''] = name.split(' ', 4);
    const key = name.slice(minute.length + report.length + dimension.length + channel.length + 4);
    return { at: `${hour}:${minute}`, report, dimension, channel, key, currency, sums };
  });
