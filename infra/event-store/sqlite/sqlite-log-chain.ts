import {
  LOG,
  type ChainFault,
  type FaultKind,
  type LogChain,
  type Verification,
  type VerifyAllOptions,
} from '../chain/log-chain.js';
import { ChainEnd, chainStart } from './chain-end.js';
import { verifyStream, type ChainedStream } from '../chain/chained-stream.js';
import type { ChainedEvent } from '../chain/event-hash.js';
import { openForChecking, type Connection } from './log-file.js';
import { BEYOND_QUERY, HASHED_QUERY } from './log-queries.js';
import { LoggedEvent, type EventRow } from './logged-event.js';
import { Names } from './names.js';
import { nextTurn } from './paged-events.js';
import { nameCrc } from './stream-heads.js';
import { swappedAcross, type Explained } from '../chain/suspects.js';
import { StreamProof, type StreamEnd } from '../chain/stream-proof.js';

interface StreamRow {
  readonly id: number;
  readonly name: string;
  readonly revision: number;
  readonly hash: Buffer;
}

interface LogHead {
  readonly position: number;
  readonly block: Buffer;
  readonly chain: Buffer;
}

interface HashRow {
  readonly position: number;
  readonly hash: Buffer;
  /** Null where there is no such stream. */
  readonly stream: number | null;
}

type HashedRow = readonly [hash: Buffer, ...row: EventRow];

const endOf = ({ revision, hash }: StreamRow): StreamEnd => ({ revision, hash: hash.toString('hex') });

const revisionOf = ([, , , revision]: HashedRow): number => revision;

const PAGE = 512;
const HASHES = 4_096;
const STREAM = 'SELECT id, name, revision, hash FROM streams';

/** Opens the log of a directory for its check, also where it is so damaged that no engine starts on it. */
export function openSqliteLogChain(directory: string): LogChain & { close(): void } {
  const db = openForChecking(directory);
  const chain = new SqliteLogChain(db);
  return {
    read: (stream) => chain.read(stream),
    verify: (stream) => chain.verify(stream),
    verifyAll: (options) => chain.verifyAll(options),
    close: () => void db.close(),
  };
}

/** Checks page by page, so that other work gets its turn and the write-ahead log can shrink. */
export class SqliteLogChain implements LogChain {
  readonly #names: Names;
  readonly #head;
  readonly #page;
  readonly #beyond;

  constructor(private readonly db: Connection) {
    this.#names = new Names(db);
    this.#head = db.prepare<[], LogHead>('SELECT position, block, chain FROM head');
    this.#page = db.prepare<[number, number, number, number], HashedRow>(HASHED_QUERY).raw();
    this.#beyond = db.prepare<[number], HashedRow>(BEYOND_QUERY).raw();
  }

  async read(stream: string): Promise<ChainedStream> {
    const row = this.db.prepare<[number, string], StreamRow>(`${STREAM} WHERE name_crc = ? AND name = ?`);
    const found = row.get(nameCrc(stream), stream);
    const logEnd = this.#end().position;
    if (found === undefined) return { stream, end: null, logEnd, events: [] };
    const events: ChainedEvent[] = [];
    for await (const page of this.#pages(found)) events.push(...page);
    return { stream, end: endOf(found), logEnd, events };
  }

  async verify(stream: string): Promise<Verification> {
    return verifyStream(await this.read(stream));
  }

  async verifyAll({ head, onVerified }: VerifyAllOptions = {}): Promise<Verification> {
    const end = this.#end();
    const faults: ChainFault[] = [];
    const altered: Explained[] = [];
    let events = 0;
    for await (const stream of this.#streams()) {
      const verified = await this.#verifyStream(stream);
      events += verified.events;
      faults.push(...verified.faults);
      altered.push(...verified.altered);
      onVerified?.(events, end.position);
    }
    const whole = await this.#verifyLog(end, head);
    // A fault of a stream also breaks the chain over the log, which is then not reported.
    if (faults.length === 0) faults.push(...whole);
    const swapped = new Set([...swappedAcross(altered)].map(({ suspect }) => suspect.event.id));
    const told = faults.map((each) =>
      swapped.has(each.eventId ?? '') ? { ...each, fault: 'swapped' as const } : each,
    );
    return { intact: faults.length === 0, events, head: end.chain.toString('hex'), faults: told };
  }

  #end(): LogHead {
    const nothing = Buffer.alloc(0);
    return this.#head.get() ?? { position: 0, block: nothing, chain: nothing };
  }

  async *#streams(): AsyncGenerator<StreamRow> {
    const next = this.db.prepare<[number, number], StreamRow>(`${STREAM} WHERE id > ? ORDER BY id LIMIT ?`);
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const page = next.all(after, PAGE);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
      await nextTurn();
    }
  }

  async #verifyStream(row: StreamRow) {
    const proof = new StreamProof(row.name, endOf(row));
    let events = 0;
    for await (const page of this.#pages(row)) {
      events += page.length;
      for (const event of page) proof.add(event);
    }
    return { events, faults: proof.faults(this.#end().position), altered: proof.altered };
  }

  /** In the order of the revisions, those after the recorded end last. */
  async *#pages({ id, revision }: StreamRow): AsyncGenerator<readonly ChainedEvent[]> {
    const chained = (rows: readonly HashedRow[]) => rows.map((row) => this.#chainedOf(row));
    for (let from = Number.MIN_SAFE_INTEGER; ;) {
      const rows = this.#page.all(id, from, revision, PAGE);
      yield chained(rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      from = revisionOf(last) + 1;
      await nextTurn();
    }
    yield chained(this.#beyond.all(id));
  }

  #chainedOf([hash, ...row]: HashedRow): ChainedEvent {
    return { event: new LoggedEvent(row, this.#names), hash: hash.toString('hex') };
  }

  /** Follows the stored hashes in the order of the log. */
  async #verifyLog(end: LogHead, known: string | undefined): Promise<readonly ChainFault[]> {
    const next = this.db.prepare<[number, number, number], HashRow>(
      `SELECT e.position, e.hash, s.id AS stream FROM events e LEFT JOIN streams s ON s.id = e.stream
        WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?`,
    );
    const there = new ChainEnd(chainStart(this.db.prepare<[], string>('SELECT id FROM log').pluck().get() ?? ''));
    let isKnownSeen = known === undefined || known === there.chain;
    for (let after = 0; ;) {
      const rows = next.all(after, end.position, HASHES);
      for (const { position, hash, stream } of rows) {
        if (stream === null) return [fault(position, 'added')];
        there.add(hash.toString('hex'));
        isKnownSeen ||= there.chain === known;
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.position;
      await nextTurn();
    }
    const beyond = this.db.prepare<[], number>(
      'SELECT position FROM events WHERE position > (SELECT position FROM head) ORDER BY position',
    );
    const added = beyond.pluck().all();
    if (added.length > 0) return added.map((position) => fault(position, 'added'));
    const isSame = there.block === end.block.toString('hex') && there.chain === end.chain.toString('hex');
    if (!isSame) return [fault(end.position, 'altered')];
    return isKnownSeen ? [] : [fault(end.position + 1, 'missing')];
  }
}

const fault = (position: number, kind: FaultKind): ChainFault => ({ stream: LOG, revision: position, fault: kind });
