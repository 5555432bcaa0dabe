import { AppendTooLargeError, type EventStore, type Position, type RecordedEvent } from '../../../event-store/index.js';
import type { LogImporter } from '../../../event-store/log-importer.js';
import { tooLarge } from './copy-errors.js';
import { bytesOf, STRETCH_BYTES, stretchesOf } from './stretches.js';

export interface CopyOptions {
  readonly source: EventStore;
  readonly target: LogImporter;
  /** Where the target stands already; null is the beginning. */
  readonly after: Position | null;
  readonly upTo: Position;
  /** Whether the target takes what it is given at once as a whole and in order; else each stretch waits for the one before. */
  readonly commitsPages: boolean;
  onCopied(upTo: Position): void;
}

const PAGE = { whole: 4_096, piecemeal: 256 };

/** Copies in the order of the source's log, so that times do not go back along the target's either. */
export async function copyEvents(options: CopyOptions): Promise<void> {
  const { target, commitsPages, onCopied } = options;
  for await (const page of pagesOf(options, commitsPages ? PAGE.whole : PAGE.piecemeal)) {
    if (commitsPages) await Promise.all(stretchesOf(page, () => 0).map((stretch) => importStretch(target, stretch)));
    // One after the other: EventStoreDB's driver keeps no order among several, and a failure would leave a hole.
    else for (const stretch of stretchesOf(page, bytesOf)) await importStretch(target, stretch);
    const last = page.at(-1);
    if (last !== undefined) onCopied(last.position);
  }
}

async function* pagesOf({ source, after, upTo }: CopyOptions, size: number): AsyncGenerator<readonly RecordedEvent[]> {
  let page: RecordedEvent[] = [];
  for await (const event of source.readAll({ from: after })) {
    if (event.position > upTo) break;
    page.push(event);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function importStretch(target: LogImporter, stretch: readonly RecordedEvent[]): Promise<void> {
  const [first] = stretch;
  if (first === undefined) return;
  const { id, stream, revision } = first;
  try {
    await target.importRecorded(stream, stretch, revision === 0 ? 'no-stream' : revision - 1);
  } catch (error) {
    const bytes = bytesOf(first);
    if (!(error instanceof AppendTooLargeError) || bytes <= STRETCH_BYTES) throw error;
    throw tooLarge(`event ${id}, number ${revision} of stream ${stream},`, bytes, error);
  }
}
