import { isPackable, packEventId, packMetadata, type MetadataColumns, type StoredId } from './event-columns.js';
import { chained, hashOf, type EventPlace } from './event-hash.js';
import type { Connection } from './log-file.js';
import { Names, type StoredName } from './names.js';
import { packData, type PackedData } from './packed-data.js';
import { StreamHeads, type StreamHead } from './stream-heads.js';
import type { SubmittedEvent } from './submitted-append.js';

const insertInto = (id: string, hash: string): string => `
  INSERT INTO events (position, stream, revision, at, type, id,
    command, correlation, causation, actor, traceparent, request_hash, hash, data)
  VALUES (?, ?, ?, ?, ?, ?, ${id}, ${id}, ${id}, ?, ${id}, ${hash}, unhex(?), ?)`;

/** SQLite makes bytes of the texts, which costs less than making them here. */
const INSERT_PACKING = insertInto("unhex(?, '-')", 'unhex(?)');
const INSERT_AS_IS = insertInto('?', '?');

type Name = StoredName | bigint;
type Text = string | null;
type Place = [position: number, stream: number, revision: number, at: number, type: Name, id: StoredId];
type Content = [hash: string, data: PackedData];

interface HeadRow {
  readonly position: number;
  readonly chain: Buffer;
}

export interface Added {
  /** Of the last event. */
  readonly revision: number;
  readonly position: number;
}

interface NewEvent extends SubmittedEvent {
  readonly place: EventPlace;
  readonly hash: string;
  /** Which one of its command's it is. */
  readonly ofCommand: number;
}

/** Adds events to the log, within the transactions of the one who writes: rows, hashes and the ends of streams and log. */
export class EventRows {
  readonly names: Names;
  readonly #heads: StreamHeads;
  readonly #insertPacking;
  readonly #insertAsIs;
  readonly #dataVersion;
  readonly #head;
  readonly #moveHead;
  #version = -1;
  #position = 0;
  #chain = '';
  #hasGrown = false;

  constructor(db: Connection) {
    this.names = new Names(db);
    this.#heads = new StreamHeads(db, this.names);
    this.#insertPacking = db.prepare<[...Place, string, Text, Text, Name, Text, Text, ...Content]>(INSERT_PACKING);
    this.#insertAsIs = db.prepare<[...Place, ...MetadataColumns, ...Content]>(INSERT_AS_IS);
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#head = db.prepare<[], HeadRow>('SELECT position, chain FROM head');
    this.#moveHead = db.prepare<[number, string]>('UPDATE head SET position = ?, chain = unhex(?)');
  }

  /** Position of the log's last event; 0 when it is empty. */
  get position(): number {
    return this.#position;
  }

  /** To be called first in each transaction; true when another connection has written since the last. */
  begin(): boolean {
    this.#hasGrown = false;
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#version) return false;
    this.forget();
    this.#version = version;
    const head = this.#head.get();
    this.#position = head?.position ?? 0;
    this.#chain = head?.chain.toString('hex') ?? '';
    this.names.refresh();
    return true;
  }

  /** What the transaction changed is undone. */
  forget(): void {
    this.#version = -1;
    this.#heads.forget();
    this.names.forget();
  }

  headOf(stream: string): StreamHead {
    return this.#heads.of(stream);
  }

  /** After the stream's last event. @param at milliseconds since 1970, of the event with that index */
  add(stream: string, events: readonly SubmittedEvent[], at: (index: number) => number): Added {
    const head = this.#heads.of(stream);
    const id = this.#heads.idOf(head);
    let [commandId, ofCommand] = ['', 0];
    for (const [index, event] of events.entries()) {
      ofCommand = event.metadata.commandId === commandId ? ofCommand + 1 : 0;
      ({ commandId } = event.metadata);
      this.#position += 1;
      head.revision += 1;
      const place = { stream, revision: head.revision, position: this.#position, at: at(index) };
      head.hash = hashOf(head.hash, place, event);
      this.#chain = chained(this.#chain, head.hash);
      this.#write(id, { ...event, place, hash: head.hash, ofCommand });
    }
    this.#heads.save(stream, head);
    this.#hasGrown = true;
    return { revision: head.revision, position: this.#position };
  }

  /** To be called last in each transaction. */
  end(): void {
    if (this.#hasGrown) this.#moveHead.run(this.#position, this.#chain);
  }

  #write(stream: number, { place, id, type, data, metadata, hash, ofCommand }: NewEvent): void {
    const { commandId, correlationId, causationId, actor, traceparent = null, requestHash = null } = metadata;
    const row: Place = [
      place.position,
      stream,
      place.revision,
      place.at,
      this.names.store(type),
      packEventId(id, commandId, ofCommand),
    ];
    if (!isPackable(metadata)) {
      this.#insertAsIs.run(...row, ...packMetadata(metadata, this.names), hash, packData(data));
      return;
    }
    const correlation = correlationId === commandId ? null : correlationId;
    const cause = [commandId, correlation, causationId, this.names.store(actor), traceparent, requestHash] as const;
    this.#insertPacking.run(...row, ...cause, hash, packData(data));
  }
}
