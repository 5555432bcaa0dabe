import { randomUUID } from 'node:crypto';
import { ANY } from './expected-revision.js';
import type { EventLog } from './event-log.js';
import type { ProposedEvent } from './stored-event.js';

export function systemEvent(type: string, json: string): ProposedEvent {
  return { id: randomUUID(), type, isJson: true, data: Buffer.from(json), metadata: Buffer.alloc(0) };
}

/** Writes the events of its own that a node puts between its users', which a reader of $all has to step over. */
export class SystemEvents {
  readonly #log: EventLog;
  readonly #every: number;
  #sinceLast = 0;
  #statistics = 0;

  /** One statistics event after `every` appends; 0 writes none but those of the start. */
  constructor(log: EventLog, every: number) {
    this.#log = log;
    this.#every = every;
  }

  /** What a new node writes before any user does. */
  begin(): void {
    this.#write('$$$stats-127.0.0.1:2113', '$metadata', '{"$maxAge":86400}');
    this.#write('$$$users', '$metadata', '{"$acl":{"$r":"$admins"}}');
    this.#write('$users', '$User', '"admin"');
    this.#log.onAppended(() => this.#count());
  }

  #count(): void {
    this.#sinceLast += 1;
    if (this.#every === 0 || this.#sinceLast < this.#every) return;
    // Reset first: writing one is an append as well.
    this.#sinceLast = -1;
    this.#statistics += 1;
    this.#write('$stats-127.0.0.1:2113', '$statsCollected', `{"proc-id":1,"round":${this.#statistics}}`);
  }

  #write(stream: string, type: string, json: string): void {
    this.#log.append({ stream, expected: ANY, events: [systemEvent(type, json)] });
  }
}
