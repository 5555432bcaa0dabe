import type { Json, JsonObject } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../event-store/index.js';

type StreamBatch = readonly RecordedEvent[];

/**
 * Sends batches side by side, each after those before it that share its stream, a correlation or a product with it. So a stream
 * stays in order, and so does everything that came of one request or is about one product, whose streams are several.
 * @throws the first error; nothing more is sent after it, and the batches under way are waited for
 */
export async function sideBySide(
  batches: readonly StreamBatch[],
  send: (batch: StreamBatch) => Promise<void>,
): Promise<void> {
  const lastWith = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const sending = batches.map((batch) => {
    const keys = keysOf(batch);
    const sent = Promise.all(keys.map((key) => lastWith.get(key))).then(async () => {
      if (failures.length > 0) return;
      await send(batch).catch((error: unknown) => void failures.push(error));
    });
    for (const key of keys) lastWith.set(key, sent);
    return sent;
  });
  await Promise.all(sending);
  if (failures.length > 0) throw failures[0];
}

const keysOf = (batch: StreamBatch): string[] => [
  ...new Set(
    batch.flatMap(({ stream, metadata: { correlationId }, data }) => [
      `stream ${stream}`,
      `correlation ${correlationId}`,
      ...skusIn(data).map((sku) => `sku ${sku}`),
    ]),
  ),
];

/** The SKUs that the event is about: read models list the stock of products that they know. */
function skusIn({ sku, skus = [], variants = [] }: JsonObject): readonly string[] {
  const listed = [sku, ...(isList(skus) ? skus : []), ...(isList(variants) ? variants.map(skuOf) : [])];
  return listed.filter((each) => typeof each === 'string');
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const skuOf = (variant: Json): Json | undefined =>
  typeof variant === 'object' && variant !== null && 'sku' in variant ? variant.sku : undefined;
