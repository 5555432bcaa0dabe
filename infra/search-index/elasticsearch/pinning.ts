import { SearchCursorError, SearchCursorExpiredError } from '../search-index.js';
import type { SearchCursor } from '../search-index.js';
import type { Connection } from './connection.js';
import { isMissing, isRefusedRequest } from './driver-errors.js';
import type { IndexNames } from './index-names.js';

/** A search by relevance as it was pinned with its first page. */
export interface Pin {
  /** Of a point in time: the index as it was. */
  readonly id: string;
  /** Unix milliseconds. */
  readonly until: number;
}

/** Where in the pinned hits a page begins. */
export interface PinnedPlace extends Pin {
  readonly from: number;
}

const PINNED = 'pinned';

export const pinnedCursor = ({ id, until, from }: PinnedPlace): SearchCursor => [PINNED, id, from, until];

/** @throws SearchCursorError, SearchCursorExpiredError */
export function readPinnedCursor([kind, id, from, until]: SearchCursor): PinnedPlace {
  if (kind !== PINNED || typeof id !== 'string' || !isCount(from) || !isCount(until)) throw new SearchCursorError();
  if (Date.now() > until) throw new SearchCursorExpiredError();
  return { id, from, until };
}

const isCount = (value: string | number | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Points in time of the live build. */
export class Pins {
  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
    private readonly keptForMs: number,
  ) {}

  /** Undefined where there is no build yet. */
  async open(): Promise<Pin | undefined> {
    const until = Date.now() + this.keptForMs;
    try {
      const { id } = await this.connection.client.openPointInTime({
        index: this.names.live,
        keep_alive: `${this.keptForMs}ms`,
      });
      return { id, until };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Not waited for: what is left open ends by itself. */
  letGo({ id }: Pin): void {
    this.connection.client.closePointInTime({ id }).catch(() => undefined);
  }
}

/** The port's error for a pinned search's. */
export function pinnedError(error: unknown): unknown {
  if (isMissing(error)) return new SearchCursorExpiredError();
  return isRefusedRequest(error) ? new SearchCursorError() : error;
}
