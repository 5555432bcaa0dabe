import { mock } from 'node:test';
import fc from 'fast-check';
import { ReadApi } from '../shared/test-support/index.js';
import {
  anyQuestion,
  CHANNELS,
  commonKey,
  CURRENCIES,
  dayIn,
  expectExplained,
  expectReport,
  record,
  rowsOf,
} from './test-support/questions.js';
import type { Question, Rows, Told } from './test-support/questions.js';

const BEGIN = Date.parse('2025-12-28T20:00Z');
const NOW = Date.parse('2026-01-03T07:31:05.250Z');
const QUARTER = 900_000;

interface Change {
  readonly sku: string;
  readonly type: 'received' | 'adjusted' | 'reserved' | 'released' | 'committed' | 'rejected';
  readonly available: number;
  readonly requested: number;
  readonly channel: string | undefined;
  readonly currency: string | undefined;
  /** So long after the one before, of all. */
  readonly pause: number;
}

const anyChange: fc.Arbitrary<Change> = fc.record({
  sku: fc.constantFrom('tea', 'pot', 'constructor', 'never'),
  type: fc.constantFrom<Change['type']>(
    'received',
    'adjusted',
    'reserved',
    'released',
    'committed',
    'rejected',
    'rejected',
  ),
  available: fc.constantFrom(0, 0, 0, 3, -1),
  requested: fc.integer({ min: 1, max: 9 }),
  channel: fc.constantFrom(undefined, ...CHANNELS),
  currency: fc.constantFrom(undefined, ...CURRENCIES),
  pause: fc.integer({ min: 1, max: 9_000_000 }),
});

const [changes = []] = fc.sample(fc.array(anyChange, { minLength: 90, maxLength: 90 }), { numRuns: 1, seed: 8 });
let clock = BEGIN;
const happened = changes.map((change) => ({ ...change, at: new Date((clock += change.pause)).toISOString() }));

/** What a hold leaves was more before it, so that one which leaves something ends no outage. */
const isMoot = ({ type, available }: Change): boolean => type === 'committed' || (type === 'reserved' && available > 0);

function toldOf(
  { sku, type, available, requested, channel, currency, at }: (typeof happened)[number],
  index: number,
): Told {
  if (type === 'rejected') {
    const lines = [
      { sku, requested, available: Math.max(0, available) },
      { sku: 'enough', requested: 9, available: 8 },
    ];
    const place = { ...(channel === undefined ? {} : { channel }), ...(currency === undefined ? {} : { currency }) };
    const data = { orderId: `o-${index}`, ...place, code: 'INVENTORY.INSUFFICIENT_STOCK', detail: 'No.', lines };
    return { stream: `order-o-${index}`, event: { type: 'order.rejected.v1', data }, at };
  }
  const data = { sku, orderId: 'o', quantity: 1, allocations: [], ...(type === 'committed' ? {} : { available }) };
  return { stream: `inventory-${sku}`, event: { type: `inventory.${type}.v1`, data }, at };
}

interface Out {
  readonly sku: string;
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
}

function outages(): readonly Out[] {
  const since = new Map<string, number>();
  const found: Out[] = [];
  for (const change of happened) {
    const { sku, type, available, at } = change;
    if (type === 'rejected' || isMoot(change)) continue;
    const from = since.get(sku);
    if (available <= 0) since.set(sku, from ?? Date.parse(at));
    else if (from !== undefined && since.delete(sku)) found.push({ sku, from, to: Date.parse(at), isOpen: false });
  }
  return [...found, ...Array.from(since, ([sku, from]) => ({ sku, from, to: NOW, isOpen: true }))];
}

/** An outage in pieces of a quarter of an hour, whose days are those of their beginning in every zone. */
function piecesOf({ from, to }: Out): readonly { readonly at: number; readonly ms: number }[] {
  const pieces = [];
  for (let at = from; at < to;) {
    const until = Math.min(to, at - (at % QUARTER) + QUARTER);
    pieces.push({ at, ms: until - at });
    at = until;
  }
  return pieces;
}

const timeOf = (ms: number): string => new Date(ms).toISOString();

class Telling {
  readonly #rows = rowsOf({ times: 0, ms: 0, outSince: '', orders: 0, units: 0 });

  constructor(private readonly question: Question) {}

  told(): Rows {
    for (const outage of outages()) this.#outage(outage);
    for (const change of happened) if (this.#isLacking(change)) this.#ask(change);
    return this.#rows.all(({ key, row }) => ({
      key,
      times: String(row.times),
      secondsOut: String(Math.floor(row.ms / 1000)),
      outSince: row.outSince,
      'asked.orders': String(row.orders),
      'asked.units': String(row.units),
    }));
  }

  #outage(outage: Out): void {
    const { sku, from, isOpen } = outage;
    const pieces = piecesOf(outage).filter(({ at }) => this.#isIn(at));
    for (const { at, ms } of pieces) this.#row(at, sku).ms += ms;
    if (this.#isIn(from)) this.#row(from, sku).times += 1;
    const isShown = this.#isIn(from) || (this.question.by === 'sku' && pieces.length > 0);
    if (!isOpen || !isShown) return;
    const row = this.#row(from, sku);
    row.outSince = [row.outSince, timeOf(from)].filter((time) => time !== '').sort()[0] ?? '';
  }

  #ask({ at, sku, requested }: (typeof happened)[number]): void {
    const row = this.#row(Date.parse(at), sku);
    row.orders += 1;
    row.units += requested;
  }

  #isLacking({ type, available, at, channel = 'default', currency }: (typeof happened)[number]): boolean {
    const { question } = this;
    if (type !== 'rejected' || available > 0 || !this.#isIn(Date.parse(at))) return false;
    return (question.channel ?? channel) === channel && (question.currency ?? currency) === currency;
  }

  #isIn(ms: number): boolean {
    const { from = '0000', to = '9999-12-31', timeZone } = this.question;
    const day = dayIn(timeZone, timeOf(ms));
    return day >= from && day <= to;
  }

  #row(ms: number, sku: string) {
    return this.#rows.of(commonKey(this.question, timeOf(ms)) ?? sku);
  }
}

let api: ReadApi;
beforeAll(async () => {
  mock.method(Date, 'now', () => NOW);
  api = await ReadApi.start({ folds: ['stock-outs'] });
  await record(api, happened.map(toldOf));
});
afterAll(async () => {
  await api.close();
  mock.restoreAll();
});

describe('the report of stock-outs', () => {
  it('is what its events add up to, whatever is asked', async () => {
    for (const [number, question] of fc
      .sample(anyQuestion(['day', 'week', 'month', 'sku']), { numRuns: 40, seed: 2 })
      .entries()) {
      await expectReport(api, 'stock-outs', question, new Telling(question).told());
      if (number < 10) await expectExplained(api, 'stock-outs', question);
    }
  });

  it('is refused by channel, as stock is of none', async () => {
    expect((await api.as('analyst', '/v1/reports/stock-outs?by=channel')).status).toBe(400);
  });
});
