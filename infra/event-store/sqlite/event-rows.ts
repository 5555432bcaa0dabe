import type { EventKey } from '../event-ids.js';
import { blockEnd, ChainEnd } from './chain-end.js';
import { causeText, isUuid, packCause } from './event-columns.js';
import { hashOf } from '../chain/event-hash.js';
import type { Connection } from './log-file.js';
import { bigOf, Names, type StoredName } from './names.js';
import { packData, type PackedData } from './packed-data.js';
import { StreamHeads, type StreamHead } from './stream-heads.js';
import type { SubmittedEvent } from './submitted-append.js';

/** SQLite converts hex digits to bytes, which takes less time than converting them here. */
const UNHEX = "unhex(?, '-')";

/** @param id, cause: SQL of their values */
const insert = (id: string, cause: string): string => `
  INSERT INTO events (position, stream, revision, at, type, id, actor, cause, hash, data)
  VALUES (?, ?, ?, ?, ?, ${id}, ?, ${cause}, ${UNHEX}, ?)`;

type Name = StoredName | bigint;
type Row = readonly [
  position: number,
  stream: number,
  revision: number,
  at: number,
  type: Name,
  id: bigint | string,
  actor: Name,
  cause: string,
  hash: string,
  data: PackedData,
];

interface HeadRow {
  readonly position: number;
  readonly block: Buffer;
  readonly chain: Buffer;
}

export interface Added {
  /** Position of the last event. */
  readonly revision: number;
  readonly position: number;
}

/** Adds events to the log within the writer's transactions: rows, hashes, and the ends of streams and log. */
export class EventRows {
  readonly names: Names;
  readonly #heads: StreamHeads;
  readonly #insert;
  readonly #insertOwnId;
  readonly #insertText;
  readonly #dataVersion;
  readonly #head;
  readonly #openHashes;
  readonly #moveHead;
  #version = -1;
  #position = 0;
  #chain = new ChainEnd('');
  #hasGrown = false;

  constructor(db: Connection) {
    this.names = new Names(db);
    this.#heads = new StreamHeads(db, this.names);
    this.#insert = db.prepare<[...Row]>(insert('?', UNHEX));
    this.#insertOwnId = db.prepare<[...Row]>(insert(UNHEX, UNHEX));
    this.#insertText = db.prepare<[...Row]>(insert('?', '?'));
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#head = db.prepare<[], HeadRow>('SELECT position, block, chain FROM head');
    this.#openHashes = db
      .prepare<[number], Buffer>('SELECT hash FROM events WHERE position > ? ORDER BY position')
      .pluck();
    this.#moveHead = db.prepare<[number, string, string]>(
      'UPDATE head SET position = ?, block = unhex(?), chain = unhex(?)',
    );
  }

  /** Position of the log's last event; 0 where it is empty. */
  get position(): number {
    return this.#position;
  }

  /** Begins a transaction; returns true where another connection has written since the last one. */
  begin(): boolean {
    this.#hasGrown = false;
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#version) return false;
    this.forget();
    this.#version = version;
    this.#readHead();
    this.names.refresh();
    return true;
  }

  /** Forgets what the transaction changed, which was rolled back. */
  forget(): void {
    this.#version = -1;
    this.#heads.forget();
    this.names.forget();
  }

  headOf(stream: string): StreamHead {
    return this.#heads.of(stream);
  }

  /** Adds events after the stream's last one. @param at time of the event with that index, milliseconds since the epoch */
  add(stream: string, events: readonly SubmittedEvent[], at: (index: number) => number): Added {
    const head = this.#heads.of(stream);
    const id = this.#heads.idOf(head);
    for (const [index, event] of events.entries()) {
      this.#position += 1;
      head.revision += 1;
      const place = { stream, revision: head.revision, position: this.#position, at: at(index) };
      head.hash = hashOf(head.hash, place, event);
      this.#chain.add(head.hash);
      this.#write([this.#position, id, head.revision, place.at], event, head.hash);
    }
    this.#heads.save(stream, head);
    this.#hasGrown = true;
    return { revision: head.revision, position: this.#position };
  }

  /** Ends a transaction. */
  end(): void {
    if (this.#hasGrown) this.#moveHead.run(this.#position, this.#chain.block, this.#chain.chain);
  }

  #write(place: readonly [number, number, number, number], event: SubmittedEvent, hash: string): void {
    const { key, type, metadata, data } = event;
    const cause = packCause(metadata);
    const row: Row = [
      ...place,
      this.names.store(type),
      stored(key),
      this.names.store(metadata.actor),
      cause ?? causeText(metadata),
      hash,
      packData(data),
    ];
    if (cause === null) this.#insertText.run(...row);
    else if (typeof key === 'string' && isUuid(key)) this.#insertOwnId.run(...row);
    else this.#insert.run(...row);
  }

  #readHead(): void {
    const head = this.#head.get();
    this.#position = head?.position ?? 0;
    this.#chain = new ChainEnd(head?.block.toString('hex') ?? '');
    for (const hash of this.#openHashes.all(blockEnd(this.#position))) this.#chain.add(hash.toString('hex'));
    // Altered hashes are not adopted: the chain goes on from its recorded end, and never matches them again.
    const recorded = head?.chain.toString('hex') ?? '';
    if (this.#chain.chain !== recorded) this.#chain = new ChainEnd(recorded);
  }
}

const stored = (key: EventKey): bigint | string => (typeof key === 'string' ? key : bigOf(key));
