import type { EventFilter } from '../event-store.js';
import type { Accepted } from '../log-register.js';
import type { CommittedEvent } from './committed-event.js';
import type { Connection } from './log-file.js';
import { BY_ID, logQuery, streamQuery, streamsQuery } from './log-queries.js';

interface Row extends Omit<CommittedEvent, 'id'> {
  readonly id: Buffer;
}

export interface LogWindow {
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly upTo: number;
  readonly most: number;
  readonly backwards: boolean;
}

/** The statements of a reading connection. Each is one short read transaction, so that the write-ahead log can shrink. */
export class LogReader {
  readonly #streamForwards;
  readonly #streamBackwards;
  readonly #byId;
  readonly #head;
  readonly #dataVersion;
  readonly #accepted;
  readonly #byFilter = new Map<string, ReturnType<LogReader['prepare']>>();

  constructor(private readonly db: Connection) {
    this.#streamForwards = db.prepare<[string, number, number], Row>(streamQuery(false));
    this.#streamBackwards = db.prepare<[string, number, number], Row>(streamQuery(true));
    this.#byId = db.prepare<[string], Row>(BY_ID);
    this.#head = db.prepare<[], number | null>('SELECT max(position) FROM events').pluck();
    this.#accepted = db.prepare<[string], number | null>('SELECT max(position) FROM log_record WHERE kind = ?').pluck();
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  stream(stream: string, from: number, page: { readonly most: number; readonly backwards: boolean }): CommittedEvent[] {
    const statement = page.backwards ? this.#streamBackwards : this.#streamForwards;
    return statement.all(stream, from, page.most).map(committed);
  }

  byId(id: string): CommittedEvent | null {
    const row = this.#byId.get(id);
    return row === undefined ? null : committed(row);
  }

  /** Every matching event of the window; looks at each event between its bounds. */
  scan(filter: EventFilter, window: LogWindow): CommittedEvent[] {
    return this.#run(logQuery(filter, window.backwards), filter, window);
  }

  /** As scan, but looks at each event of the filter's streams. */
  streams(filter: EventFilter, window: LogWindow): CommittedEvent[] {
    return this.#run(streamsQuery(filter, window.backwards), filter, window);
  }

  /** 0 when the log is empty. */
  head(): number {
    return this.#head.get() ?? 0;
  }

  /** Up to here that was accepted; 0: nowhere. */
  accepted(what: Accepted): number {
    return this.#accepted.get(what) ?? 0;
  }

  /** Changes with each commit of another connection. */
  dataVersion(): number {
    return this.#dataVersion.get() ?? 0;
  }

  close(): void {
    this.db.close();
  }

  #run(sql: string, filter: EventFilter, { after, upTo, most }: LogWindow): CommittedEvent[] {
    let statement = this.#byFilter.get(sql);
    if (statement === undefined) this.#byFilter.set(sql, (statement = this.prepare(sql)));
    const lists = { streams: json(filter.streams), types: json(filter.types), categories: json(filter.categories) };
    return statement.all({ after, upTo, most, ...lists }).map(committed);
  }

  private prepare(sql: string) {
    return this.db.prepare<[Record<string, string | number>], Row>(sql);
  }
}

const json = (list: readonly string[] | undefined): string => JSON.stringify(list ?? []);

function committed(row: Row): CommittedEvent {
  const { position, stream, revision, at, type, data, metadata } = row;
  return { position, id: textOfId(row.id), stream, revision, at, type, data, metadata };
}

function textOfId(id: Buffer): string {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
