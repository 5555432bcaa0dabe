import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { clientOf } from './client-address.js';
import { problem, ProblemError } from './problem.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Null where clients may be wrong as often as they like. */
    readonly wrongCodes: WrongCodes | null;
  }
}

/** Refusals that say that there is no such code. */
const WRONG: ReadonlySet<string> = new Set(['COUPON.UNKNOWN', 'GIFT_CARD.UNKNOWN']);

const MOST_WRONG = 20;
const WINDOW_MS = 15 * 60_000;
/** So many clients are remembered; those that were wrong least recently are forgotten first. */
const CLIENTS = 20_000;

/**
 * Does what a request asks with codes that a client knows, of coupons and of gift cards: `act` is refused by `COUPON.UNKNOWN` or
 * `GIFT_CARD.UNKNOWN` where a code is wrong, with `errors` where several are. Where `ABUSE_LIMITS` is on, 20 wrong codes in 15
 * minutes, of both kinds together, are the most that a client may have: then right ones are refused too, until the first of the 20 is 15
 * minutes old. A client is an address, as for every other limit, whoever is signed in, as accounts are had for nothing. Each
 * process counts for itself and forgets with its end.
 * @throws ProblemError 429 REQUEST.TOO_MANY_WRONG_CODES with Retry-After; whatever `act` throws
 */
export function withCodes<Done>(request: FastifyRequest, act: () => Promise<Done>): Promise<Done> {
  const { wrongCodes } = request.server;
  return wrongCodes === null ? act() : wrongCodes.watch(clientOf(request), act);
}

/** Lets `withCodes` limit what clients of this app may guess. */
export function registerWrongCodes(fastify: FastifyInstance, isLimited: boolean): void {
  fastify.decorate('wrongCodes', isLimited ? new WrongCodes() : null);
}

interface Guesses {
  /** When the client was wrong within the window, the earliest first; milliseconds since the epoch. */
  wrong: number[];
  /** Requests that are not known yet to be right or wrong. */
  open: number;
  /** Requests that begin when one of those has ended. */
  readonly waiting: (() => void)[];
}

/** Counts wrong codes by client. Requests under way may all be wrong: no more of them go on at once than the client may still be wrong. */
export class WrongCodes {
  private readonly clients = new LRUCache<string, Guesses>({ max: CLIENTS });

  constructor(private readonly now: () => number = Date.now) {}

  async watch<Done>(client: string, act: () => Promise<Done>): Promise<Done> {
    const guesses = this.guessesOf(client);
    while (!this.begin(guesses)) await new Promise<void>((resolve) => void guesses.waiting.push(resolve));
    try {
      return await act();
    } catch (error) {
      for (let n = wrongIn(error); n > 0; n -= 1) guesses.wrong.push(this.now());
      throw error;
    } finally {
      guesses.open -= 1;
      for (const resume of guesses.waiting.splice(0)) resume();
    }
  }

  private guessesOf(client: string): Guesses {
    const known = this.clients.get(client);
    if (known !== undefined) return known;
    const guesses: Guesses = { wrong: [], open: 0, waiting: [] };
    this.clients.set(client, guesses);
    return guesses;
  }

  /** Whether the request may go on now. @throws ProblemError 429 where the client has been wrong too often */
  private begin(guesses: Guesses): boolean {
    const now = this.now();
    // A clock that was put back does not lengthen the window.
    guesses.wrong = guesses.wrong.filter((at) => at > now - WINDOW_MS && at <= now);
    const left = MOST_WRONG - guesses.wrong.length;
    if (left <= 0) throw tooMany(((guesses.wrong.at(-MOST_WRONG) ?? now) + WINDOW_MS - now) / 1_000);
    if (guesses.open >= left) return false;
    guesses.open += 1;
    return true;
  }
}

const wrongIn = (error: unknown): number =>
  error instanceof ProblemError && WRONG.has(error.code) ? Math.max(1, error.errors?.length ?? 1) : 0;

const tooMany = (seconds: number) =>
  problem('REQUEST.TOO_MANY_WRONG_CODES', 'Too many codes were wrong; try again later.', {
    headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
  });
