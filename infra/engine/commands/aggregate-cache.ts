import { LRUCache } from 'lru-cache';
import type { Position } from '../../shared/position.js';

/** A folded aggregate as this process last saw it; `state` belongs to the executor, which changes it in place. */
export interface CachedAggregate {
  state: unknown;
  /** -1 when there is no such stream. */
  revision: number;
  position: Position | null;
  /** Commands found in the stream: the last ones, at most `REMEMBERED_COMMANDS`. */
  readonly commands: Set<string>;
  /** Whether `commands` holds every command of the stream, so that a missing one is known to be new. */
  commandsComplete: boolean;
  /** Revision of the newest snapshot, -1 without one. */
  snapshotRevision: number;
}

const REMEMBERED_COMMANDS = 512;

export function rememberCommand(entry: CachedAggregate, commandId: string): void {
  entry.commands.add(commandId);
  if (entry.commands.size <= REMEMBERED_COMMANDS) return;
  const oldest = entry.commands.values().next();
  if (!oldest.done) entry.commands.delete(oldest.value);
  entry.commandsComplete = false;
}

/** The most recently used aggregates by stream. */
export class AggregateCache {
  private readonly entries: LRUCache<string, CachedAggregate>;

  constructor(capacity: number) {
    this.entries = new LRUCache({ max: capacity });
  }

  get(stream: string): CachedAggregate | undefined {
    return this.entries.get(stream);
  }

  set(stream: string, entry: CachedAggregate): void {
    this.entries.set(stream, entry);
  }

  delete(stream: string): void {
    this.entries.delete(stream);
  }

  /** Another writer appended: what is cached below that revision is old. Own appends are in the entry already. */
  notice(stream: string, revision: number): void {
    const entry = this.entries.peek(stream);
    if (entry !== undefined && revision > entry.revision) this.entries.delete(stream);
  }
}
