import { idOfKey, type EventKey } from '../event-ids.js';
import type { EventMetadata, RecordedEvent } from '../event-store.js';
import type { CommittedEvent } from './committed-event.js';
import { unpackCause, unpackKey, type ReadColumn } from './event-columns.js';
import type { EventContent } from '../chain/event-hash.js';
import { unpackData, type PackedData } from './packed-data.js';
import type { Names, StoredName } from './names.js';

/** The columns of an event row. */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  at: number,
  type: StoredName,
  data: PackedData,
  key: number | ReadColumn,
  actor: StoredName,
  cause: ReadColumn,
];

/** An event that was read from the file; members that take work are computed on first access. */
export class LoggedEvent implements CommittedEvent, EventContent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly at: number;
  readonly type: string;
  recorded?: RecordedEvent;
  readonly #actor: string;
  #data: string | undefined;
  #id: string | undefined;
  #metadata: EventMetadata | undefined;

  /** Resolves names now that are new to this connection, as it may be closed when a reader asks for them. */
  constructor(
    private readonly row: EventRow,
    names: Names,
  ) {
    [this.position, this.stream, this.revision, this.at] = row;
    this.type = names.nameOf(row[4]);
    this.#actor = names.nameOf(row[7]);
  }

  get data(): string {
    return (this.#data ??= unpackData(this.row[5]));
  }

  get key(): EventKey {
    return unpackKey(this.row[6]);
  }

  get id(): string {
    return (this.#id ??= idOfKey(this.key, this.metadata.commandId));
  }

  get metadata(): EventMetadata {
    return (this.#metadata ??= unpackCause(this.row[8], this.#actor));
  }
}
