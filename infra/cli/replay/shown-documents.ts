import type { JsonObject } from '../../../domain/shared/index.js';
import { couponView } from '../../../projections/coupon/index.js';
import { giftCardSummary } from '../../../projections/gift-card/index.js';
import type { StockDocument } from '../../../projections/inventory/index.js';
import { presentOrderView } from '../../../projections/order/index.js';
import { AvailableUnits } from '../../../read-api/catalog/available-units.js';
import { ProductPricings } from '../../../read-api/catalog/product-prices.js';
import { liabilities } from '../../../read-api/gift-card/liabilities.js';
import { usedPromotion } from '../../../read-api/promotion/promotion-item.js';
import { Reports } from '../../../read-api/reports/reports.js';
import { sagaRow } from '../../../read-api/sagas/saga-row.js';
import { salesPage } from '../../../read-api/sales/sales-pages.js';
import { localDays, ParkedDocuments, type ReportPlace } from '../../../read-api/shared/index.js';
import { SALES_DIMENSIONS } from '../../../projections/sales/index.js';
import type { ProjectionProgress } from '../../engine/projections/progress.js';
import type { EventStore } from '../../event-store/index.js';
import type { ReadModelStore, StoredDocument } from '../../read-model-store/index.js';
import { itemsOfReport, SHOWN_REPORTS } from './shown-reports.js';

export interface ShownDocument {
  readonly id: string;
  /** As the API answers it. */
  readonly doc: object;
}

export interface Replayed {
  readonly readModelStore: ReadModelStore;
  /** The log up to the same position. */
  readonly log: Pick<EventStore, 'read' | 'logId'>;
  /** The moment that they are of, in milliseconds since the epoch. */
  readonly at: number;
}

/** What a model's documents are shown by; those of a model that is not listed are answered as they are stored. */
type Show = (document: StoredDocument, replayed: Replayed) => object | Promise<object>;

/** The documents have no types here: each model's own function knows what its store has. */
const shownBy = <Doc extends object>(show: (doc: Doc, replayed: Replayed) => object | Promise<object>): Show =>
  (({ doc }: StoredDocument, replayed) => show(doc as object as Doc, replayed)) satisfies Show;

const SHOWN: ReadonlyMap<string, Show> = new Map([
  ['products', shownBy(showProduct)],
  ['search', shownBy(showProduct)],
  ['stock', shownBy(({ version: _version, ...stock }: StockDocument) => stock)],
  ['orders', shownBy((doc: Parameters<typeof presentOrderView>[0], { at }) => presentOrderView(doc, at))],
  ['coupons', shownBy(couponView)],
  ['price-lists', shownBy(({ shown }: { readonly shown: JsonObject }) => shown)],
  ['gift-cards', shownBy(giftCardSummary)],
  ['gift-card-liabilities', shownBy(liabilities)],
  ['promotions', shownBy(usedPromotion)],
  ['sagas', shownBy(sagaRow)],
]);

/** Models that the documents of another are shown with. */
export const SHOWN_WITH: ReadonlyMap<string, readonly string[]> = new Map([
  ['products', ['stock']],
  ['search', ['stock']],
]);

type StoredProduct = Parameters<ProductPricings['of']>[0] & Parameters<Awaited<ReturnType<AvailableUnits['of']>>>[0];

async function showProduct(doc: StoredProduct, { readModelStore, log }: Replayed): Promise<object> {
  const { pricing, ...product } = doc;
  const parked = new ParkedDocuments(readModelStore, NOTHING_PARKED);
  const available = await new AvailableUnits(readModelStore, parked).of([doc.sku]);
  const prices = await new ProductPricings(log as EventStore).of({ sku: doc.sku, pricing }, {});
  return { ...product, ...prices, available: available(doc) };
}

/** What could not be applied is told by the replay itself, and shown as it was before. */
const NOTHING_PARKED: ProjectionProgress = {
  look: () => Promise.resolve(undefined),
  waitFor: () => Promise.resolve(true),
  status: () => Promise.resolve([]),
};

const PAGE = 500;

/** Every document of a model, by id. */
export async function* shownDocuments(model: string, replayed: Replayed): AsyncGenerator<ShownDocument> {
  if (model === 'sales') return yield* salesReport(replayed.readModelStore);
  const reports = SHOWN_REPORTS.get(model);
  if (reports !== undefined) {
    const all = reportsOf(replayed);
    for (const report of reports) yield* itemsOfReport(all, report);
    return;
  }
  const show: Show = SHOWN.get(model) ?? (({ doc }) => doc);
  let after: string | undefined;
  for (;;) {
    const page = await replayed.readModelStore.scan<JsonObject>(model, {
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    for (const document of page) yield { id: document.id, doc: await show(document, replayed) };
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

const reportsOf = ({ readModelStore, log }: Replayed): Reports =>
  new Reports(readModelStore, new ParkedDocuments(readModelStore, NOTHING_PARKED), log);

/** The items of the report, by UTC days: the documents are parts of them. */
async function* salesReport(store: ReadModelStore): AsyncGenerator<ShownDocument> {
  const days = await localDays('UTC');
  for (const by of SALES_DIMENSIONS) {
    let after: ReportPlace | undefined;
    do {
      const { items, next } = await salesPage(store, { by, days, span: {}, after, limit: PAGE });
      for (const doc of items) yield { id: `sales/${by}/${encodeURIComponent(doc.key)}/${doc.revenue.currency}`, doc };
      after = next ?? undefined;
    } while (after !== undefined);
  }
}
