import type { RecordedEvent } from '../../event-store/index.js';

/** Most bytes that one append may carry: EventStoreDB takes 1 MiB, with its own overhead. */
export const BATCH_BYTES = 700 * 1024;
const BATCH_EVENTS = 500;

export const bytesOf = ({ data, metadata }: RecordedEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/**
 * Splits events into batches that one append takes, each of consecutive events of one stream.
 * @param sizeOf counts against the most bytes of a batch
 */
export function streamBatchesOf(
  events: readonly RecordedEvent[],
  sizeOf: (event: RecordedEvent) => number,
): RecordedEvent[][] {
  const batches: RecordedEvent[][] = [];
  let [batch, bytes]: [RecordedEvent[], number] = [[], 0];
  for (const event of events) {
    const size = sizeOf(event);
    const fits = bytes + size <= BATCH_BYTES && batch.length < BATCH_EVENTS;
    if (batch[0]?.stream !== event.stream || !fits) {
      batches.push((batch = []));
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  return batches;
}
