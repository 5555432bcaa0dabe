import type { StockOutDocument } from '../../projections/inventory/index.js';
import { periodOf } from '../shared/index.js';
import type { LocalDays, Period, Span } from '../shared/index.js';

/** Some time, or all, in which nothing of a SKU could be sold; milliseconds since 1970. */
export interface OutTime {
  readonly from: number;
  readonly to: number;
}

export interface Outage extends OutTime {
  /** When it began, which may be before the time that is asked about. */
  readonly since: number;
  /** Whether it goes on. */
  readonly isOpen: boolean;
  /** Whether it began in the time that is asked about. */
  readonly isNew: boolean;
}

const MINUTE = 'YYYY-MM-DDTHH:MM';
const msOf = (minute: string): number => Date.parse(`${minute}Z`);

/** What of the outages of a SKU lies in a span; one that goes on is counted up to now. */
export function outagesIn({ outages, outSince }: StockOutDocument, span: Span, now: number): readonly Outage[] {
  const start = span.from === undefined ? -Infinity : msOf(span.from);
  const end = span.to === undefined ? Infinity : msOf(span.to);
  const cut = (since: number, until: number, isOpen: boolean): Outage => {
    const from = Math.max(since, start);
    return { since, from, to: Math.max(from, Math.min(until, end)), isOpen, isNew: since >= start && since < end };
  };
  const all = outages.map(([from, to]) => cut(from, to, false));
  if (outSince !== null) all.push(cut(Date.parse(outSince), now, true));
  return all.filter(({ since, from, to, isNew }) => since < end && (isNew || to > from));
}

/** Days of a zone by when they begin and end; each is worked out once. */
export class DayTimes {
  readonly #ends = new Map<string, number>();

  constructor(private readonly days: LocalDays) {}

  keyOf(period: Period, ms: number): string {
    return periodOf(period, this.#dayOf(ms));
  }

  /** Cuts a time into those of the days, weeks or months that it lies in. */
  *parts(period: Period, { from, to }: OutTime): Generator<OutTime & { readonly key: string }> {
    for (let at = from; at < to;) {
      const day = this.#dayOf(at);
      const until = Math.min(this.#endOf(day), to);
      yield { key: periodOf(period, day), from: at, to: until };
      at = until;
    }
  }

  #dayOf(ms: number): string {
    return this.days.dayOf(new Date(ms).toISOString().slice(0, MINUTE.length));
  }

  #endOf(day: string): number {
    let end = this.#ends.get(day);
    if (end === undefined) {
      const minute = this.days.endOf(day);
      this.#ends.set(day, (end = minute === null ? Infinity : msOf(minute)));
    }
    return end;
  }
}
