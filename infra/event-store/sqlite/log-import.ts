import { EventIdConflictError, StoreRefusedError, WrongExpectedRevisionError } from '../errors.js';
import type { RecordedEvent } from '../event-store.js';
import type { Connection } from './log-file.js';
import { RecordedBatches } from './recorded-batches.js';
import { isConstraint, refusal, sqliteCode } from './sqlite-errors.js';
import { StreamHeads } from './stream-heads.js';
import type { SubmittedEvent } from './submitted-append.js';
import { WalUpkeep } from './wal-upkeep.js';
import { ALREADY_THERE, ID_CONFLICT } from './writer-protocol.js';

/** Consecutive events of one stream, to stand after `expected` (-1: the stream is new). */
export interface Stretch {
  readonly stream: string;
  readonly events: readonly RecordedEvent[];
  readonly expected: number;
}

const BUSY_MS = 5_000;
const INSERT = `
  INSERT INTO events (id, stream, revision, at, type, data, metadata) VALUES (unhex(?, '-'), ?, ?, ?, ?, ?, ?)`;

/** Writes another log's events with the time they have there. One transaction a call, which is kept or undone as a whole. */
export class LogImport {
  readonly #heads: StreamHeads;
  readonly #recorded: RecordedBatches;
  readonly #upkeep: WalUpkeep;
  readonly #insert;
  readonly #head;
  #position: number;
  #broken: StoreRefusedError | null = null;

  constructor(
    private readonly db: Connection,
    private readonly path: string,
  ) {
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    this.#heads = new StreamHeads(db);
    this.#recorded = new RecordedBatches(db);
    this.#upkeep = new WalUpkeep(db);
    this.#insert = db.prepare<[string, number, number, number, string, string, string]>(INSERT);
    this.#head = db.prepare<[], number | null>('SELECT max(position) FROM events').pluck();
    this.#position = this.#head.get() ?? 0;
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
      this.#heads.forget();
      if (sqliteCode(error) === '') throw error;
      this.#broken = refusal(this.path, error);
      throw this.#broken;
    }
    this.#position = this.#head.get() ?? 0;
    this.#upkeep.run();
  }

  #writeAll(stretches: readonly Stretch[]): void {
    this.#heads.refresh();
    if ((this.#head.get() ?? 0) !== this.#position)
      throw new StoreRefusedError(
        `${this.path}: another process writes to this log; stop it, nothing may be added while a log is copied into it`,
      );
    for (const stretch of stretches) this.#write(stretch);
  }

  #write({ stream, events, expected }: Stretch): void {
    const submitted = events.map(textsOf);
    const known = this.#heads.of(stream);
    const actual = known?.revision ?? -1;
    if (actual !== expected) {
      const [kind, detail] = this.#recorded.outcomeOf({ stream, expected, events: submitted }) ?? [];
      if (kind === ALREADY_THERE) return;
      if (kind === ID_CONFLICT) throw new EventIdConflictError(stream, events[detail ?? 0]?.id ?? '');
      throw new WrongExpectedRevisionError(stream, expected < 0 ? 'no-stream' : expected, actual);
    }
    const head = known ?? this.#heads.create(stream);
    for (const [index, { id, type, data, metadata }] of submitted.entries()) {
      head.revision += 1;
      const at = Date.parse(events[index]?.at ?? '');
      this.#insertNew(stream, [id, head.id, head.revision, at, type, data, metadata]);
    }
  }

  #insertNew(stream: string, row: [string, number, number, number, string, string, string]): void {
    try {
      this.#insert.run(...row);
    } catch (error) {
      throw isConstraint(error) ? new EventIdConflictError(stream, row[0]) : error;
    }
  }
}

const textsOf = ({ id, type, data, metadata }: RecordedEvent): SubmittedEvent => ({
  id,
  type,
  data: JSON.stringify(data),
  metadata: JSON.stringify(metadata),
});
