import { StoreRefusedError } from '../../shared/store-errors.js';
import { EventIdConflictError, WrongExpectedRevisionError } from '../errors.js';
import { idOfKey, keysOf } from '../event-ids.js';
import type { RecordedEvent } from '../event-store.js';
import { isUuid } from './event-columns.js';
import type { Connection } from './log-file.js';
import { EventRows } from './event-rows.js';
import { RecordedBatches } from './recorded-batches.js';
import { refusal, sqliteCode } from '../../sqlite/index.js';
import type { SubmittedEvent } from './submitted-append.js';
import { WalUpkeep } from './wal-upkeep.js';
import { ALREADY_THERE, ID_CONFLICT } from './writer-protocol.js';

/** Consecutive events of one stream that follow revision `expected` (-1: the stream is new). */
export interface Stretch {
  readonly stream: string;
  readonly events: readonly RecordedEvent[];
  readonly expected: number;
}

const BUSY_MS = 5_000;

/** Writes another log's events with their times. A call is one transaction, which is committed or rolled back as a whole. */
export class LogImport {
  readonly #rows: EventRows;
  readonly #recorded: RecordedBatches;
  readonly #upkeep: WalUpkeep;
  #position: number;
  #broken: StoreRefusedError | null = null;

  constructor(
    private readonly db: Connection,
    private readonly path: string,
  ) {
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    this.#rows = new EventRows(db);
    this.#recorded = new RecordedBatches(db, this.#rows.names);
    this.#upkeep = new WalUpkeep(db);
    this.#position = db.prepare<[], number>('SELECT position FROM head').pluck().get() ?? 0;
  }

  /**
   * @throws WrongExpectedRevisionError, EventIdConflictError as the port says
   * @throws StoreRefusedError another process writes to the log, or the disk failed: then for good
   */
  write(stretches: readonly Stretch[]): void {
    if (this.#broken !== null) throw this.#broken;
    try {
      this.db.transaction(() => this.#writeAll(stretches)).immediate();
    } catch (error) {
      this.#rows.forget();
      if (sqliteCode(error) === '') throw error;
      this.#broken = refusal(this.path, error, 'recorded');
      throw this.#broken;
    }
    this.#position = this.#rows.position;
    this.#upkeep.run();
  }

  #writeAll(stretches: readonly Stretch[]): void {
    if (this.#rows.begin() && this.#rows.position !== this.#position)
      throw new StoreRefusedError(
        `${this.path}: another process writes to this log; stop it, nothing may be added while a log is copied into it`,
      );
    for (const stretch of stretches) this.#write(stretch);
    this.#rows.end();
  }

  #write(stretch: Stretch): void {
    const { stream, events, expected } = stretch;
    const { revision } = this.#rows.headOf(stream);
    if (revision !== expected) this.#expectRecorded(stretch, revision);
    else this.#rows.add(stream, submitted(events), (index) => Date.parse(events[index]?.at ?? ''));
  }

  /** Accepts events that do not follow the stream's end only where they are recorded already. */
  #expectRecorded({ stream, events, expected }: Stretch, actual: number): void {
    const [kind, detail] = this.#recorded.outcomeOf({ stream, expected, events: submitted(events) }) ?? [];
    if (kind === ALREADY_THERE) return;
    if (kind === ID_CONFLICT) throw new EventIdConflictError(stream, events[detail ?? 0]?.id ?? '');
    throw new WrongExpectedRevisionError(stream, expected < 0 ? 'no-stream' : expected, actual);
  }
}

/** Makes the key of an event; an id that is derived from its command's is not stored in full. */
function submitted(events: readonly RecordedEvent[]): SubmittedEvent[] {
  const keys = keysOf(events.map(({ metadata }) => ({ metadata })));
  return events.map(({ id, type, data, metadata }, index) => {
    const key = keys[index] ?? 0;
    const follows = isUuid(metadata.commandId) && id === idOfKey(key, metadata.commandId);
    return { key: follows ? key : id, type, data: JSON.stringify(data), metadata };
  });
}
