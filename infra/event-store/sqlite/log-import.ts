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

  #write(stretch: Stretch): void {
    const { stream, events, expected } = stretch;
    const known = this.#heads.of(stream);
    if ((known?.revision ?? -1) !== expected) return this.#expectRecorded(stretch, known?.revision ?? -1);
    const head = known ?? this.#heads.create(stream);
    for (const event of events) {
      const { id, type, data, metadata } = textsOf(event);
      head.revision += 1;
      this.#insertNew(stream, [id, head.id, head.revision, Date.parse(event.at), type, data, metadata]);
    }
  }

  /** The stretch does not follow the stream's end: well only if it is there already. */
  #expectRecorded({ stream, events, expected }: Stretch, actual: number): void {
    const [kind, detail] = this.#recorded.outcomeOf({ stream, expected, events: events.map(textsOf) }) ?? [];
    if (kind === ALREADY_THERE) return;
    if (kind === ID_CONFLICT) throw new EventIdConflictError(stream, events[detail ?? 0]?.id ?? '');
    throw new WrongExpectedRevisionError(stream, expected < 0 ? 'no-stream' : expected, actual);
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
