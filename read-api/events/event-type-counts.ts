import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, TypeTally } from '../../infra/event-store/index.js';
import type { EventStore, TypeCount } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';

/**
 * How often each type was recorded. The store counts, the whole log at the first question of this process and then what came since
 * the question before: recording an event costs nothing more for it, and there is nothing that could differ from the log.
 */
@Injectable()
export class EventTypeCounts {
  readonly #tally = new TypeTally();
  #upTo: Position | null = null;
  /** The count under way, which all who ask meanwhile wait for. */
  #counting: Promise<void> | null = null;

  constructor(@Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'countTypes'>) {}

  /** Counts every event at or before the position, and maybe later ones. @throws StoreUnavailableError */
  async upTo(head: Position | null): Promise<readonly TypeCount[]> {
    if (head === null) return [];
    while (this.#isBefore(head)) await (this.#counting ??= this.#count(head));
    return this.#tally.counts();
  }

  #isBefore(head: Position): boolean {
    return this.#upTo === null || this.#upTo < head;
  }

  async #count(head: Position): Promise<void> {
    try {
      this.#tally.add(await this.log.countTypes({ after: this.#upTo, upTo: head }));
      this.#upTo = head;
    } finally {
      this.#counting = null;
    }
  }
}
