import { randomBytes } from 'node:crypto';
import { AppendTooLargeError, CutOffStreamError, EventIdConflictError, WrongExpectedRevisionError } from '../errors.js';
import type { Appended, RecordedEvent } from '../event-store.js';
import type { CommitObserver } from '../log-observer.js';
import type { AppendBatch } from './append-batch.js';
import { encodeAppend } from './batch-append-messages.js';
import type { BatchAppends } from './batch-appends.js';
import { actualRevisionOf, failureOf, isTooLarge, unavailable, unknownOutcome } from './errors.js';
import { Gate } from './gate.js';
import type { Limits } from './limits.js';
import type { BatchObserver, LogTail } from './log-tail.js';
import type { PageReader } from './page-reader.js';
import { BEGINNING } from './positions.js';
import { hasSameIds, readBatch } from './recorded-batch.js';
import { LEAST_LEFT, serverBackOff } from './retry.js';
import type { SameLog } from './same-log.js';
import { orLate } from './within.js';

export interface AppenderParts {
  readonly appends: BatchAppends;
  readonly sameLog: SameLog;
  readonly reader: PageReader;
  readonly tail: LogTail;
  readonly limits: Limits;
  /** Given when the store is closed. */
  readonly signal: AbortSignal;
  readonly onCommit: CommitObserver | null;
}

/** Together with the reads less than a server takes on one connection, should each need a call of its own. */
const AT_ONCE = 64;

type Answer =
  | { readonly kind: 'seen'; readonly events: readonly RecordedEvent[] }
  /** It came by as somebody else's: an equal append was faster. */
  | { readonly kind: 'recorded elsewhere' }
  | { readonly kind: 'acknowledged'; readonly position: string }
  | { readonly kind: 'elsewhere'; readonly actual: number };

/** An append under way: what is sent, however often, and the sign that it came by on the subscription. */
interface Attempt {
  readonly batch: AppendBatch;
  readonly id: string;
  readonly encoded: Uint8Array;
  readonly seen: Promise<Answer>;
  /** No more sign is waited for. */
  readonly end: () => void;
}

/**
 * Appends at a revision until the answer is definite. The server compares only ids, so a success does not tell whether this call
 * or an earlier one recorded the batch, whether that batch was equal, or the times and positions of the events. The subscription
 * delivers the batch with the attempt that recorded it, which tells all of this; where it does not, the batch is read back.
 */
export class Appender {
  readonly #gate = new Gate(AT_ONCE);
  readonly #process = randomBytes(6).toString('base64url');
  #count = 0;

  constructor(private readonly parts: AppenderParts) {}

  async append(batch: AppendBatch): Promise<Appended> {
    const { tail, onCommit } = this.parts;
    const startedAt = onCommit === null ? 0 : performance.now();
    const attempt = this.#begin(batch);
    try {
      const answer = await this.#untilDefinite(attempt);
      if (answer.kind === 'elsewhere') return await this.#elsewhere(attempt, answer.actual);
      const appended = await this.#recorded(attempt, answer);
      tail.note(appended.position);
      onCommit?.(1, performance.now() - startedAt);
      return appended;
    } finally {
      attempt.end();
    }
  }

  #begin(batch: AppendBatch): Attempt {
    const id = `${this.#process}${(this.#count++).toString(36)}`;
    const encoded = encodeAppend(batch, id);
    const { tail } = this.parts;
    const last = batch.events.at(-1)?.id ?? '';
    let end = (): void => {};
    const seen = new Promise<Answer>((resolve) => {
      const observer: BatchObserver = (recent, by) => {
        const events = recent.last(batch.events.length);
        // Another stream may have an event of the same id, where one command was sent to two.
        if (events[0]?.stream !== batch.stream || !hasSameIds(batch.events, events)) return;
        if (by === id) resolve({ kind: 'seen', events });
        else if (events[0]?.revision === batch.after + 1) resolve({ kind: 'recorded elsewhere' });
      };
      tail.watch(last, observer);
      end = () => tail.unwatch(last, observer);
    });
    return { batch, id, encoded, seen, end };
  }

  /** @throws AppendTooLargeError; StoreUnavailableError | UnknownOutcomeError when the limit has passed */
  async #untilDefinite(attempt: Attempt): Promise<Answer> {
    const backOff = serverBackOff(this.parts.signal);
    const until = performance.now() + this.parts.limits.answer;
    let isUnsure = false;
    for (let alone = false; ; alone = true) {
      try {
        return await Promise.race([attempt.seen, this.#send(attempt, { alone, until })]);
      } catch (error) {
        if (isTooLarge(error)) throw new AppendTooLargeError(attempt.batch.stream, { cause: error });
        const failure = failureOf(error);
        isUnsure ||= failure === 'unknown';
        const left = this.parts.signal.aborted ? 0 : until - performance.now();
        if (failure === 'refused' || left <= LEAST_LEFT)
          throw isUnsure ? unknownOutcome(attempt.batch.stream, error) : unavailable('append', error);
        const seen = await Promise.race([attempt.seen, backOff.next(left - LEAST_LEFT)]);
        if (typeof seen === 'object') return seen;
      }
    }
  }

  /** @param until moment by which it has to be sent and answered */
  async #send({ encoded }: Attempt, { alone, until }: { readonly alone: boolean; readonly until: number }) {
    const { appends, limits, sameLog } = this.parts;
    const send = (left: number): Promise<string> =>
      appends.send(encoded, { alone, milliseconds: Math.min(limits.call, left) });
    try {
      await sameLog.assure();
      const position = await this.#gate.pass(send, until - performance.now());
      return { kind: 'acknowledged', position } as const;
    } catch (error) {
      const actual = actualRevisionOf(error);
      if (actual !== undefined) return { kind: 'elsewhere', actual } as const;
      sameLog.doubt();
      throw error;
    }
  }

  async #recorded(attempt: Attempt, answer: Answer): Promise<Appended> {
    const seen = answer.kind === 'seen' ? answer : await this.#onTail(attempt, answer);
    const { batch } = attempt;
    if (seen?.kind === 'seen') {
      refuseAstray(batch, seen.events);
      return toAppended(seen.events, true);
    }
    const found = await this.#readBack(batch);
    if (found === null) throw new EventIdConflictError(batch.stream, batch.events[0]?.id ?? '');
    return toAppended(found.events, found.attempt === attempt.id);
  }

  /** Waits while the batch is likely to come by: not where the subscription is past it, or away. */
  #onTail({ seen }: Attempt, answer: Answer): Promise<Answer | undefined> {
    const { tail, limits } = this.parts;
    const position = answer.kind === 'acknowledged' ? answer.position : null;
    const isAhead = position !== null && position > (tail.recent?.end ?? BEGINNING);
    return isAhead && tail.isConnected ? orLate(seen, limits.tail) : Promise.race([seen, undefined]);
  }

  /** It is recorded, or an equal one is; that much is known. */
  async #readBack(batch: AppendBatch) {
    try {
      return await readBatch(this.parts.reader, batch);
    } catch (error) {
      const isDefinite = error instanceof EventIdConflictError || error instanceof CutOffStreamError;
      throw isDefinite ? error : unknownOutcome(batch.stream, error);
    }
  }

  async #elsewhere({ batch, id }: Attempt, actual: number): Promise<Appended> {
    const found = await readBatch(this.parts.reader, batch);
    if (found === null) throw new WrongExpectedRevisionError(batch.stream, batch.expected, actual);
    return toAppended(found.events, found.attempt === id);
  }
}

/** A stream that somebody has deleted takes "no stream" for an answer, and goes on behind what is gone. */
function refuseAstray({ stream, after }: AppendBatch, [first]: readonly RecordedEvent[]): void {
  if (first !== undefined && first.revision !== after + 1) throw new CutOffStreamError(stream, first.revision);
}

function toAppended(events: readonly RecordedEvent[], isNew: boolean): Appended {
  const last = events.at(-1);
  if (last === undefined) throw new Error('an empty batch');
  return { revision: last.revision, position: last.position, events: isNew ? events : [] };
}
