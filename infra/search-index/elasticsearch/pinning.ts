import { SearchCursorError, SearchCursorExpiredError } from '../search-index.js';
import type { SearchCursor } from '../search-index.js';
import type { Connection } from './connection.js';
import { isMissing, isRefusedRequest } from './driver-errors.js';
import type { IndexNames } from './index-names.js';

/** The state of the index that a search by relevance pinned with its first page. */
export interface Pin {
  /** Id of the point in time. */
  readonly id: string;
  /** Unix milliseconds. */
  readonly until: number;
}

/** The place in the pinned hits at which a page begins. */
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

/** Opens and closes points in time of the live build. */
export class Pins {
  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
    private readonly keptForMs: number,
  ) {}

  /** Opens a point in time; undefined where there is no build yet. */
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

  /** Closes a point in time, without waiting: one that stays open expires by itself. */
  close({ id }: Pin): void {
    this.connection.client.closePointInTime({ id }).catch(() => undefined);
  }
}

/** Translates an error of a pinned search to the port's. */
export function pinnedError(error: unknown): unknown {
  if (isMissing(error)) return new SearchCursorExpiredError();
  return isRefusedRequest(error) ? new SearchCursorError() : error;
}
