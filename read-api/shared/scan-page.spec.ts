import type { ReadModelStore, StoredDocument } from '../../infra/read-model-store/index.js';
import { positionOfNumber } from '../../infra/shared/position.js';
import { MOST_SCANNED, scanPage } from './scan-page.js';

interface Row {
  readonly n: number;
}

/** A store that answers at once, as embedded ones do, with documents without end. */
function endlessStore(): { readonly store: ReadModelStore; readonly batches: () => number } {
  let next = 0;
  let batches = 0;
  const find = async (_collection: string, { limit }: { limit: number }) => {
    batches += 1;
    const position = positionOfNumber(1);
    return Array.from({ length: limit }, (): StoredDocument<Row> => ({
      id: String(next),
      position,
      doc: { n: next++ },
    }));
  };
  return { store: { find } as object as ReadModelStore, batches: () => batches };
}

/** How many turns of the event loop others get while it runs. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let goesOn = true;
  const count = (): void => {
    if (!goesOn) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  await work;
  goesOn = false;
  return turns;
}

const scan = (accepts?: (row: Row) => boolean) => ({
  collection: 'rows',
  query: { index: 'by-n' },
  after: undefined,
  limit: 20,
  accepts,
  keyOf: ({ doc, id }: StoredDocument<Row>) => [doc.n, id],
});

describe('a scan for a page', () => {
  it('gives way between its batches, however long it looks for what is rare', async () => {
    const { store, batches } = endlessStore();
    const page = scanPage<Row>(
      store,
      scan(() => false),
    );
    expect(await turnsDuring(page)).toBeGreaterThanOrEqual(batches() - 1);
    expect(batches()).toBeGreaterThan(10);
    expect((await page).next).toEqual([MOST_SCANNED - 1, String(MOST_SCANNED - 1)]);
  });

  it('does not wait where one batch is enough', async () => {
    const { store, batches } = endlessStore();
    expect((await scanPage<Row>(store, scan())).documents).toHaveLength(20);
    expect(batches()).toBe(1);
  });
});
