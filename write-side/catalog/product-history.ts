import { productAggregate, variantAggregate } from '../../domain/catalog/index.js';
import type { ListedProduct, SoldVariant } from '../../domain/catalog/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';

export interface ProductKey {
  readonly productId: string;
  readonly sku: string;
}

/** A product and one of its variants at one moment. */
export interface ProductThen {
  readonly product: ListedProduct;
  readonly variant: SoldVariant;
  /** Number of changes of either since both were created. */
  readonly version: number;
  /** Position of the last event that the version counts. */
  readonly position: Position;
}

/** The end of what is read of both streams, in the order of the log. */
export type UpTo = { readonly position: Position } | { readonly version: number };

/** Computes the version from the revisions of product and variant. */
export const versionOf = (productRevision: number, variantRevision: number): number =>
  productRevision + variantRevision;

/** Folds a product and a variant up to an event or a version. Both streams are short. */
export async function productThen(
  { store, executor }: { readonly store: EventStore; readonly executor: CommandExecutor },
  { productId, sku }: ProductKey,
  upTo: UpTo,
): Promise<ProductThen> {
  const streams = [streamOf(productAggregate.category, productId), streamOf(variantAggregate.category, sku)];
  const events = (await Promise.all(streams.map((stream) => all(store, stream)))).flat();
  events.sort((one, other) => (one.position < other.position ? -1 : 1));
  const taken = events.filter(({ position }, index) =>
    'version' in upTo ? index < upTo.version + streams.length : position <= upTo.position,
  );
  const [products = -1, variants = -1] = streams.map(
    (name) => taken.findLast(({ stream }) => stream === name)?.revision,
  );
  const product = await executor.stateAt(productAggregate, productId, products);
  const variant = await executor.stateAt(variantAggregate, sku, variants);
  const last = taken.at(-1);
  if (product.status === 'none' || variant.status === 'none' || last === undefined) {
    throw new RangeError(`there was no product with the SKU ${sku}`);
  }
  return { product, variant, version: versionOf(products, variants), position: last.position };
}

async function all(store: EventStore, stream: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream)) events.push(event);
  return events;
}
