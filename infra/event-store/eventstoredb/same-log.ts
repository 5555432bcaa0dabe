import type { EventStoreDBClient } from '@eventstore/db-client';
import { OtherLogError } from '../errors.js';
import { collect } from './collect.js';
import { failureOf, messageOf, NotSentError } from './errors.js';
import type { Limits } from './limits.js';
import { readLogId } from './log-id.js';
import { BEGINNING, toPosition } from './positions.js';

/**
 * Checks that the server still has the log that was opened, up to its known end. After a lost connection another log may answer at
 * the same address, empty or restored, which must not be read or appended to.
 */
export class SameLog {
  #isSure = true;
  #looking: Promise<void> | null = null;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly limits: Limits,
    private readonly log: { readonly id: string; readonly newest: () => string },
  ) {}

  /** What answers next may be another server. */
  doubt(): void {
    this.#isSure = false;
  }

  /**
   * Resolves at once where nothing gave cause for a check.
   * @throws OtherLogError another log answers
   * @throws NotSentError the server does not answer
   */
  async assure(): Promise<void> {
    if (this.#isSure) return;
    try {
      await (this.#looking ??= this.look().finally(() => (this.#looking = null)));
    } catch (error) {
      if (error instanceof OtherLogError || failureOf(error) === 'refused') throw error;
      throw new NotSentError(messageOf(error), { cause: error });
    }
  }

  /** Asks in any case. @throws OtherLogError, the driver's errors */
  async look(): Promise<void> {
    const { id, newest } = this.log;
    const known = newest();
    const found = await readLogId(this.client, this.limits);
    const isSame = found === id && (known === BEGINNING || (await this.#reaches(known)));
    this.#isSure = isSame;
    if (!isSame) throw new OtherLogError(id, found);
  }

  /** A backup that was put back has the id too, but not the newest events. */
  async #reaches(position: string): Promise<boolean> {
    const options = { direction: 'backwards', fromPosition: 'end', maxCount: 1, requiresLeader: true } as const;
    const [last] = await collect(this.client.readAll(options), this.limits.call);
    return last?.event?.position !== undefined && toPosition(last.event.position) >= position;
  }
}
