import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventoryAggregate } from '../../../domain/inventory/index.js';
import { productAggregate, variantAggregate, type VariantFacts } from '../../../domain/catalog/index.js';
import { type Money, STANDARD_TAX_CLASS } from '../../../domain/shared/index.js';
import { deriveId } from '../../shared/derive-id.js';
import type { EventStore } from '../../event-store/index.js';
import type { CommandContext, CommandExecutor } from '../../engine/commands/index.js';
import { packageRoot } from '../boot/package-root.js';

interface SampleProduct {
  readonly sku: string;
  readonly name: string;
  readonly brand: string;
  readonly categories: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: Money;
  readonly stock: number;
}

/** The parent of the sample's command ids. It is the same on every start, which therefore finishes an interrupted seeding. */
const SEED = '0b9ae9a1-4c5f-4f0f-8a55-6f1c0c9d1a77';
const ACTOR = 'system:demo-seed';
const AT_ONCE = 100;

/**
 * Fills an empty log with the sample products and their stock, or finishes an interrupted seeding; it leaves any other log alone.
 * Returns the number of products that it created.
 */
export async function seedDemoShop(store: EventStore, executor: CommandExecutor): Promise<number> {
  const sample = readSample();
  if (!(await mayBeSeeded(store, sample))) return 0;
  for (let start = 0; start < sample.length; start += AT_ONCE) {
    await Promise.all(sample.slice(start, start + AT_ONCE).map((product) => seed(executor, product)));
  }
  return sample.length;
}

function readSample(): readonly SampleProduct[] {
  const lines = readFileSync(join(packageRoot, 'infra', 'app', 'demo', 'products.ndjson'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as SampleProduct);
}

async function mayBeSeeded(store: EventStore, sample: readonly SampleProduct[]): Promise<boolean> {
  for await (const first of store.readAll({ limit: 1 })) {
    if (first.metadata.actor !== ACTOR) return false;
    const unfinished = await Promise.all(
      sample
        .slice(-AT_ONCE)
        .map(
          async ({ sku }) => (await store.findCommand(`inventory-${sku}`, deriveId(SEED, `stock:${sku}`))).length === 0,
        ),
    );
    return unfinished.includes(true);
  }
  return true;
}

async function seed(executor: CommandExecutor, product: SampleProduct): Promise<void> {
  const { sku, stock, price, ...details } = product;
  const productId = deriveId(SEED, `product:${sku}`);
  const facts: VariantFacts = { sku, prices: [price], taxClass: STANDARD_TAX_CLASS };
  await executor.execute({
    aggregate: variantAggregate,
    id: sku,
    command: { type: 'create-variant', productId, ...facts },
    context: contextOf(`variant:${sku}`),
    answer: () => null,
  });
  await executor.execute({
    aggregate: productAggregate,
    id: productId,
    command: { type: 'create-product', productId, ...details, variants: [facts] },
    context: contextOf(`create:${sku}`),
    answer: () => null,
  });
  await executor.execute({
    aggregate: inventoryAggregate,
    id: sku,
    command: { type: 'receive-stock', sku, location: 'default', quantity: stock },
    context: contextOf(`stock:${sku}`),
    answer: () => null,
  });
}

function contextOf(name: string): CommandContext {
  const commandId = deriveId(SEED, name);
  return { commandId, correlationId: SEED, causationId: null, actor: ACTOR, repeatable: true };
}
