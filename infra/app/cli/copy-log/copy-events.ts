import type { EventStore, Position, RecordedEvent } from '../../../event-store/index.js';
import type { LogImporter } from '../../../event-store/log-importer.js';

export interface CopyOptions {
  readonly source: EventStore;
  readonly target: LogImporter;
  /** Exclusive; null is the beginning. */
  readonly after: Position | null;
  readonly upTo: Position;
  /** Whether the target commits what it is given at once as a whole; else each stretch waits for the one before. */
  readonly commitsPages: boolean;
  onCopied(events: number, upTo: Position): void;
}

/** Most that one append may carry: EventStoreDB takes up to 1 MiB, with its own overhead. */
const STRETCH_BYTES = 700 * 1024;
const STRETCH_EVENTS = 500;
const PAGE = { whole: 4_096, piecemeal: 256 };

/** Copies in the order of the source's log, so that times do not go back along the target's either. */
export async function copyEvents({ source, after, upTo, onCopied, ...to }: CopyOptions): Promise<void> {
  const pageSize = to.commitsPages ? PAGE.whole : PAGE.piecemeal;
  let page: RecordedEvent[] = [];
  const flush = async (): Promise<void> => {
    const last = page.at(-1);
    if (last === undefined) return;
    await importPage(page, to);
    onCopied(page.length, last.position);
    page = [];
  };
  for await (const event of source.readAll({ from: after })) {
    if (event.position > upTo) break;
    page.push(event);
    if (page.length === pageSize) await flush();
  }
  await flush();
}

async function importPage(
  page: readonly RecordedEvent[],
  { target, commitsPages }: Pick<CopyOptions, 'target' | 'commitsPages'>,
): Promise<void> {
  if (commitsPages) {
    await Promise.all(stretchesOf(page, () => 0).map((stretch) => importStretch(target, stretch)));
    return;
  }
  // Several under way at once could leave a hole when one of them fails.
  for (const stretch of stretchesOf(page, bytesOf)) await importStretch(target, stretch);
}

function importStretch(target: LogImporter, stretch: readonly RecordedEvent[]): Promise<void> {
  const [first] = stretch;
  if (first === undefined) return Promise.resolve();
  return target.importRecorded(first.stream, stretch, first.revision === 0 ? 'no-stream' : first.revision - 1);
}

const bytesOf = ({ data, metadata }: RecordedEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/** Consecutive events of one stream, as long as one append takes them. */
function stretchesOf(events: readonly RecordedEvent[], sizeOf: (event: RecordedEvent) => number): RecordedEvent[][] {
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
