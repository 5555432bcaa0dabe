import fc from 'fast-check';
import type { OrderEvent } from '../../domain/order/index.js';
import { positionOfNumber } from '../../infra/shared/position.js';
import { openTemporaryReadModelStore } from '../../infra/read-model-store/test-support/index.js';
import type { TemporaryReadModelStore } from '../../infra/read-model-store/test-support/index.js';
import { SALES_DIMENSIONS, salesReadModel } from '../../projections/sales/index.js';
import type { SalesDimension } from '../../projections/sales/index.js';
import { EventLog, fold } from '../../projections/shared/test-support/index.js';
import { byCodePoint, localDays, spanOf } from '../shared/index.js';
import type { ReportPlace } from '../shared/index.js';
import { salesPage } from './sales-pages.js';

interface Sale {
  readonly sku: string;
  readonly currency: string;
  readonly channel: string | undefined;
  readonly at: string;
}
interface Question {
  readonly by: SalesDimension;
  readonly timeZone: string;
  readonly from?: string;
  readonly to?: string;
  readonly currency?: string;
  readonly channel?: string;
}

// Around midnights of the zones below, ends of months and years, and the days on which clocks are changed.
const TIMES = [
  '2025-12-31T12:00',
  '2025-12-31T18:14',
  '2025-12-31T18:15',
  '2025-12-31T23:59',
  '2026-01-01T00:00',
  '2026-01-15T04:59',
  '2026-01-15T05:00',
  '2026-03-08T04:59',
  '2026-03-08T05:00',
  '2026-03-09T03:59',
  '2026-03-09T04:00',
  '2026-04-03T13:00',
  '2026-04-05T13:29',
  '2026-04-05T13:30',
  '2026-11-01T04:00',
  '2026-11-02T04:59',
  '2026-11-02T05:00',
  '2026-12-31T09:59',
  '2026-12-31T10:00',
];
const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Etc/GMT+12'];
const DAYS = ['2025-12-31', '2026-01-01', '2026-03-08', '2026-03-09', '2026-04-05', '2026-11-01', '2026-12-31'];

// The last two keys are in another order for JavaScript than by code point.
const anySale: fc.Arbitrary<Sale> = fc.record({
  sku: fc.constantFrom('a', 'b', 'c', 'd', 'é', '\u{fffd}', '\u{1f600}'),
  currency: fc.constantFrom('EUR', 'USD', 'JPY'),
  channel: fc.constantFrom(undefined, 'shop-de', 'constructor'),
  at: fc.constantFrom(...TIMES).map((minute) => `${minute}:59.999Z`),
});
const maybe = (...values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const anyQuestion: fc.Arbitrary<Question> = fc
  .record({
    by: fc.constantFrom(...SALES_DIMENSIONS),
    timeZone: fc.constantFrom(...ZONES),
    from: maybe(...DAYS),
    to: maybe(...DAYS),
    currency: maybe('USD', 'GBP'),
    channel: maybe('default', 'shop-de', 'constructor', 'none'),
  })
  .map((question) => JSON.parse(JSON.stringify(question)) as Question);

let read: TemporaryReadModelStore;
let build = 0;
beforeAll(async () => {
  read = await openTemporaryReadModelStore();
});
afterAll(() => read.close());

/** Makes these sales, one unit each, the ones that are read. */
async function keep(sales: readonly Sale[]): Promise<void> {
  const log = new EventLog<OrderEvent>();
  for (const [index, { sku, currency, channel, at }] of sales.entries()) {
    const line = { lineId: '1', sku, category: categoryOf(sku), quantity: 1, revenue: { amount: 1, currency } };
    const data = { orderId: String(index), lines: [line], ...(channel === undefined ? {} : { channel }) };
    log.append(`order-${index}`, { type: 'order.confirmed.v1', data }, at);
  }
  const collection = { name: 'sales', version: 1, build: ++build, indexes: salesReadModel.indexes };
  await read.store.ensure(collection);
  const documents = [...fold(salesReadModel, log.events)];
  const writes = documents.map(([id, doc]) => ({ id, position: positionOfNumber(1), doc }));
  await read.store.commitAll([{ collection, writes }]);
  await read.store.promote(collection);
}

const categoryOf = (sku: string): string => (sku < 'c' ? 'early' : 'late');

/** The whole report as `key currency units`, page by page. */
async function report({ by, timeZone, from, to, currency, channel }: Question, limit: number): Promise<string[]> {
  const days = await localDays(timeZone);
  const selection = { by, currency, channel, days, span: spanOf(days, { from, to }) };
  const seen: string[] = [];
  let after: ReportPlace | undefined;
  do {
    const page = await salesPage(read.store, { ...selection, after, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items.map(({ key, units, revenue }) => `${key} ${revenue.currency} ${units}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return seen;
}

/** The same, counted from the sales, by the days that the machine's own calendar shows. */
function expectedReport(sales: readonly Sale[], question: Question): string[] {
  const { by, timeZone, from = '', to = '9', currency, channel } = question;
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const units = new Map<string, number>();
  for (const sale of sales) {
    const day = calendar.format(new Date(sale.at));
    if (day < from || day > to || (currency !== undefined && sale.currency !== currency)) continue;
    if (channel !== undefined && (sale.channel ?? 'default') !== channel) continue;
    const key = { day, sku: sale.sku, category: categoryOf(sale.sku) }[by];
    const place = `${key} ${sale.currency}`;
    units.set(place, (units.get(place) ?? 0) + 1);
  }
  const inOrder = [...units].sort(([one], [other]) => byCodePoint(one, other));
  return inOrder.map(([place, count]) => `${place} ${count}`);
}

describe('the pages of a sales report', () => {
  it('show every key and currency once, in order and with all of its days in any zone, however large they are', async () => {
    const anyLimit = fc.integer({ min: 1, max: 4 });
    const anySales = fc.array(anySale, { maxLength: 40, size: 'max' });
    const anyQuestions = fc.array(anyQuestion, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anySales, anyQuestions, anyLimit, async (sales, questions, limit) => {
        await keep(sales);
        for (const question of questions) {
          expect(await report(question, limit)).toEqual(expectedReport(sales, question));
        }
      }),
      { numRuns: 60 },
    );
  });
});
