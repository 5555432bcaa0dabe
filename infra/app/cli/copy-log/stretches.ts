import type { RecordedEvent } from '../../../event-store/index.js';

/** Most bytes that one append may carry: EventStoreDB takes 1 MiB, with its own overhead. */
export const STRETCH_BYTES = 700 * 1024;
const STRETCH_EVENTS = 500;

export const bytesOf = ({ data, metadata }: RecordedEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/**
 * Consecutive events of one stream.
 * @param sizeOf counts against the most bytes of a stretch
 */
export function stretchesOf(
  events: readonly RecordedEvent[],
  sizeOf: (event: RecordedEvent) => number,
): RecordedEvent[][] {
  const stretches: RecordedEvent[][] = [];
  let [stretch, bytes]: [RecordedEvent[], number] = [[], 0];
  for (const event of events) {
    const size = sizeOf(event);
    const fits = bytes + size <= STRETCH_BYTES && stretch.length < STRETCH_EVENTS;
    if (stretch[0]?.stream !== event.stream || !fits) {
      stretches.push((stretch = []));
      bytes = 0;
    }
    stretch.push(event);
    bytes += size;
  }
  return stretches;
}
