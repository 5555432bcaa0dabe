import type { Position } from '../../shared/position.js';
import { AppendTooLargeError, type EventStore, type RecordedEvent } from '../../event-store/index.js';
import type { LogImporter } from '../../event-store/log-importer.js';
import { tooLarge } from './copy-errors.js';
import { sideBySide } from './side-by-side.js';
import { bytesOf, BATCH_BYTES, streamBatchesOf } from './stream-batches.js';

export interface CopyOptions {
  readonly source: EventStore;
  readonly target: LogImporter;
  /** Up to where the target has everything already; null is the beginning. */
  readonly after: Position | null;
  /** Beyond that, the last revision that the target has of a stream. */
  readonly known: ReadonlyMap<string, number>;
  readonly upTo: Position;
  /** Whether the target takes what it is given at once as a whole and in order; else each batch is an append of its own. */
  readonly commitsPages: boolean;
  onCopied(upTo: Position): void;
}

/** Events of a page, all of which are sent before any after them. The events of a loose page may arrive in another order. */
const WHOLE_PAGE = 4_096;
export const LOOSE_PAGE = 256;
/** Events that were recorded further apart than this keep their order. */
const LOOSE_MS = 1_000;

/**
 * Copies page by page in the order of the source's log. Where each append waits for an answer, those of a page go side by
 * side: what belongs together keeps its order, and events that do not are at most a second and a page away from it.
 */
export async function copyEvents(options: CopyOptions): Promise<void> {
  const { target, known, commitsPages, onCopied } = options;
  const send = (batch: readonly RecordedEvent[]) => importBatch(target, batch);
  for await (const page of commitsPages
    ? pagesOf(options, WHOLE_PAGE, Infinity)
    : pagesOf(options, LOOSE_PAGE, LOOSE_MS)) {
    const missing = page.filter(({ stream, revision }) => revision > (known.get(stream) ?? -1));
    if (commitsPages) await Promise.all(streamBatchesOf(missing, () => 0).map(send));
    else await sideBySide(streamBatchesOf(missing, bytesOf), send);
    const last = page.at(-1);
    if (last !== undefined) onCopied(last.position);
  }
}

async function* pagesOf(
  { source, after, upTo }: CopyOptions,
  size: number,
  withinMs: number,
): AsyncGenerator<readonly RecordedEvent[]> {
  let page: RecordedEvent[] = [];
  for await (const event of source.readAll({ from: after })) {
    if (event.position > upTo) break;
    const [first] = page;
    if (
      first !== undefined &&
      (page.length === size || Math.abs(Date.parse(event.at) - Date.parse(first.at)) > withinMs)
    ) {
      yield page;
      page = [];
    }
    page.push(event);
  }
  if (page.length > 0) yield page;
}

async function importBatch(target: LogImporter, batch: readonly RecordedEvent[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const { id, stream, revision } = first;
  try {
    await target.importRecorded(stream, batch, revision === 0 ? 'no-stream' : revision - 1);
  } catch (error) {
    const bytes = bytesOf(first);
    if (!(error instanceof AppendTooLargeError) || bytes <= BATCH_BYTES) throw error;
    throw tooLarge(`event ${id}, number ${revision} of stream ${stream},`, bytes, error);
  }
}
