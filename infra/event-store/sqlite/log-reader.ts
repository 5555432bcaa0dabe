import type { EventFilter, TypeCount } from '../event-store.js';
import type { Accepted } from '../log-register.js';
import { timeOf, type CommittedEvent } from './committed-event.js';
import { causeOf, correlationOf } from './event-columns.js';
import type { Connection } from './log-file.js';
import {
  COMMAND_QUERY,
  EARLY_COMMAND_QUERY,
  FROM_QUERY,
  logQuery,
  streamQuery,
  streamsQuery,
  TYPES_QUERY,
} from './log-queries.js';
import { LoggedEvent, type EventRow } from './logged-event.js';
import { Names, type StoredName } from './names.js';
import { nameCrc } from './stream-heads.js';

export interface LogWindow {
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly upTo: number;
  readonly most: number;
  readonly backwards: boolean;
}

interface PlacedTime {
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface TypeRow {
  readonly type: StoredName;
  readonly count: number;
  /** Milliseconds since the epoch, as `last`. */
  readonly first: number;
  readonly last: number;
}

interface CommandParameters {
  readonly crc: number;
  readonly name: string;
  readonly command: Buffer | string;
}

const PAGE = 512;

/** The statements of a reading connection. Each is one short read transaction, so that the write-ahead log can shrink. */
export class LogReader {
  readonly #streamForwards;
  readonly #streamBackwards;
  readonly #command;
  readonly #earlyCommand;
  readonly #head;
  readonly #from;
  readonly #types;
  readonly #dataVersion;
  readonly #accepted;
  readonly #byFilter = new Map<string, ReturnType<LogReader['prepare']>>();

  constructor(
    private readonly db: Connection,
    private readonly names = new Names(db),
  ) {
    this.#streamForwards = db.prepare<[number, string, number, number], EventRow>(streamQuery(false)).raw();
    this.#streamBackwards = db.prepare<[number, string, number, number], EventRow>(streamQuery(true)).raw();
    this.#command = db.prepare<[CommandParameters], number | null>(COMMAND_QUERY).pluck();
    this.#earlyCommand = db.prepare<[CommandParameters], number | null>(EARLY_COMMAND_QUERY).pluck();
    this.#head = db.prepare<[], number>('SELECT position FROM head').pluck();
    this.#from = db.prepare<[number], PlacedTime>(FROM_QUERY);
    this.#types = db.prepare<[number, number], TypeRow>(TYPES_QUERY);
    this.#accepted = db.prepare<[string], number | null>('SELECT max(position) FROM log_record WHERE kind = ?').pluck();
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  stream(stream: string, from: number, page: { readonly most: number; readonly backwards: boolean }): CommittedEvent[] {
    const statement = page.backwards ? this.#streamBackwards : this.#streamForwards;
    return this.#events(statement.all(nameCrc(stream), stream, from, page.most));
  }

  /** Reads the events that a command added to the stream; they are consecutive, as they were appended together. */
  command(stream: string, commandId: string): CommittedEvent[] {
    const found: CommittedEvent[] = [];
    const parameters = { crc: nameCrc(stream), name: stream, command: causeOf(commandId) };
    let next = this.#earlyCommand.get(parameters) ?? this.#command.get(parameters) ?? null;
    while (next !== null) {
      const page = this.stream(stream, next, { most: PAGE, backwards: false });
      const end = page.findIndex(({ metadata }) => metadata.commandId !== commandId);
      found.push(...(end < 0 ? page : page.slice(0, end)));
      next = end < 0 && page.length === PAGE ? next + PAGE : null;
    }
    return found;
  }

  /** Reads all matching events of the window by scanning each event between its bounds. */
  scan(filter: EventFilter, window: LogWindow): CommittedEvent[] {
    return this.#run(logQuery(filter, window.backwards), filter, window);
  }

  /** Does the same as scan, but scans each event of the filter's streams. */
  streams(filter: EventFilter, window: LogWindow): CommittedEvent[] {
    return this.#run(streamsQuery(filter, window.backwards), filter, window);
  }

  /** Position of the last event; 0 where the log is empty. */
  head(): number {
    return this.#head.get() ?? 0;
  }

  /**
   * Finds the last event before a time by bisection over positions, as times never go back along the log; 0 where there is none.
   * @param at milliseconds since the epoch
   */
  lastBefore(at: number): number {
    let low = 0;
    let high = this.head();
    while (low < high) {
      const event = this.#from.get(Math.floor((low + high) / 2) + 1);
      if (event !== undefined && event.at < at) low = event.position;
      else high = Math.floor((low + high) / 2);
    }
    return low;
  }

  /** Counts the events of each type after a position and up to another. */
  countTypes(after: number, upTo: number): TypeCount[] {
    return this.#types.all(after, upTo).map(({ type, count, first, last }) => ({
      type: this.names.nameOf(type),
      count,
      first: timeOf(first),
      last: timeOf(last),
    }));
  }

  /** The position up to which an operator has accepted what is wrong; 0 where nothing was accepted. */
  accepted(what: Accepted): number {
    return this.#accepted.get(what) ?? 0;
  }

  /** A number that changes with each commit of another connection. */
  dataVersion(): number {
    return this.#dataVersion.get() ?? 0;
  }

  close(): void {
    this.db.close();
  }

  #run(sql: string, filter: EventFilter, { after, upTo, most }: LogWindow): CommittedEvent[] {
    let statement = this.#byFilter.get(sql);
    if (statement === undefined) this.#byFilter.set(sql, (statement = this.prepare(sql)));
    const { streams = [], types = [], categories = [], actors = [], correlationIds = [] } = filter;
    const lists = {
      streams: JSON.stringify(streams),
      crcs: JSON.stringify(streams.map(nameCrc)),
      types: JSON.stringify(this.names.find(types)),
      categories: JSON.stringify(this.names.find(categories)),
      actors: JSON.stringify(this.names.find(actors)),
      correlations: JSON.stringify(correlationIds.flatMap(correlationOf)),
    };
    return this.#events(statement.all({ after, upTo, most, ...lists }));
  }

  #events(rows: readonly EventRow[]): CommittedEvent[] {
    return rows.map((row) => new LoggedEvent(row, this.names));
  }

  private prepare(sql: string) {
    return this.db.prepare<[Record<string, string | number>], EventRow>(sql).raw();
  }
}
