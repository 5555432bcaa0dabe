import type { StoredEvent } from './stored-event.js';

/** 2^63 - 1: the revision of a tombstone, and the `$tb` of a deleted stream. */
export const DELETED_REVISION = '9223372036854775807';
const KEEP_ALL = Number.MAX_SAFE_INTEGER;

/** One stream: its events and the part of its metadata that hides some of them. */
export class StreamState {
  /** What the writer decides by. */
  readonly written: StoredEvent[] = [];
  /** What readers see: all of it, or less while the newest is not readable yet. */
  readonly events: StoredEvent[] = [];
  isTombstoned = false;
  #truncateBefore = 0;
  #maxCount = KEEP_ALL;
  #isSoftDeleted = false;

  get currentRevision(): number {
    return this.written.length - 1;
  }

  get lastReadable(): number {
    return this.events.length - 1;
  }

  get isSoftDeleted(): boolean {
    return this.#isSoftDeleted;
  }

  /** The lowest revision a read shows. */
  get firstVisible(): number {
    return Math.max(this.#truncateBefore, this.events.length - this.#maxCount, 0);
  }

  idAt(revision: number): string | undefined {
    return this.written[revision]?.id;
  }

  /** Takes over stream metadata as recorded in the `$$` stream: `$tb` and `$maxCount` are honoured. */
  applyMetadata(json: Uint8Array): void {
    const text = Buffer.from(json).toString('utf8');
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
    const before = numberIn(parsed, '$tb') ?? 0;
    this.#isSoftDeleted = before >= Number(DELETED_REVISION);
    this.#truncateBefore = before;
    this.#maxCount = numberIn(parsed, '$maxCount') ?? KEEP_ALL;
  }
}

function numberIn(value: unknown, key: string): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'number' ? found : undefined;
}
