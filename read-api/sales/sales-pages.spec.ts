import fc from 'fast-check';
import type { JsonObject } from '../../domain/shared/index.js';
import { positionOfNumber } from '../../infra/shared/position.js';
import { openTemporaryReadModelStore } from '../../infra/read-model-store/test-support/index.js';
import type { TemporaryReadModelStore } from '../../infra/read-model-store/test-support/index.js';
import { salesReadModel, slotId } from '../../projections/sales/index.js';
import { byCodePoint, salesPage } from './sales-pages.js';
import type { SalesPlace } from './sales-pages.js';

interface Sale {
  readonly key: string;
  readonly currency: string;
  readonly month: string;
  readonly day: string;
}
interface Asked {
  readonly from?: string;
  readonly to?: string;
  readonly currency?: string;
}

// The last two keys are in another order for JavaScript than by code point.
const anySale: fc.Arbitrary<Sale> = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd', 'é', '\u{fffd}', '\u{1f600}'),
  currency: fc.constantFrom('EUR', 'USD', 'JPY'),
  month: fc.constantFrom('2026-01', '2026-02', '2026-05'),
  day: fc.constantFrom('01', '15', '31'),
});
const anyQuestion: fc.Arbitrary<Asked> = fc.constantFrom<Asked[]>(
  {},
  { from: '2026-01-15' },
  { from: '2026-02-01', to: '2026-05-15' },
  { currency: 'USD' },
);

let read: TemporaryReadModelStore;
let build = 0;
beforeAll(async () => {
  read = await openTemporaryReadModelStore();
});
afterAll(() => read.close());

/** Makes these sales, one unit each, the ones that are read. */
async function keep(sales: readonly Sale[]): Promise<void> {
  const collection = { name: 'sales', version: 1, build: ++build, indexes: salesReadModel.indexes };
  const days = new Map<string, Record<string, JsonObject>>();
  const documents = new Map<string, JsonObject>();
  for (const { day, ...place } of sales) {
    const slot = { by: 'sku', ...place } as const;
    const id = slotId(slot);
    const counts = days.get(id) ?? {};
    counts[day] = { orders: 1, units: 1, revenue: '1' };
    days.set(id, counts);
    documents.set(id, { ...slot, days: counts });
  }
  await read.store.ensure(collection);
  const writes = [...documents].map(([id, doc]) => ({ id, position: positionOfNumber(1), doc }));
  await read.store.commitAll([{ collection, writes }]);
  await read.store.promote(collection);
}

/** The whole report as `key currency units`, page by page. */
async function report(asked: Asked, limit: number): Promise<readonly string[]> {
  const seen: string[] = [];
  let after: SalesPlace | undefined;
  do {
    const page = await salesPage(read.store, { by: 'sku', ...asked, after, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items.map(({ key, units, revenue }) => `${key} ${revenue.currency} ${units}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return seen;
}

/** The same, counted from the sales. */
function expectedReport(sales: readonly Sale[], asked: Asked): readonly string[] {
  const { from = '', to = '9', currency } = asked;
  const days = new Map<string, Set<string>>();
  for (const sale of sales) {
    const date = `${sale.month}-${sale.day}`;
    if (date < from || date > to || (currency !== undefined && sale.currency !== currency)) continue;
    const place = `${sale.key} ${sale.currency}`;
    days.set(place, (days.get(place) ?? new Set()).add(date));
  }
  const inOrder = [...days].sort(([one], [other]) => byCodePoint(one, other));
  return inOrder.map(([place, { size }]) => `${place} ${size}`);
}

describe('the pages of a sales report', () => {
  it('show every key and currency once, in order and with all of its days, however large they are', async () => {
    const anyLimit = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(anySale, { maxLength: 40 }), anyQuestion, anyLimit, async (sales, asked, limit) => {
        await keep(sales);
        expect(await report(asked, limit)).toEqual(expectedReport(sales, asked));
      }),
      { numRuns: 60 },
    );
  });
});
