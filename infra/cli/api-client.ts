import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'undici';
import { parseExactly } from './exact-integers.js';

export interface Answer {
  readonly status: number;
  /** The parsed body, with whole numbers beyond 2^53 as text; an empty object where it is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly body?: object;
  readonly token?: string;
  /** Idempotency-Key: what makes sending it again harmless. */
  readonly key?: string;
  /** Seconds for `Prefer: wait=`. */
  readonly wait?: number;
}

export interface Call extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** The engine did not answer for longer than the client waits. */
export class EngineAwayError extends Error {}

const RETRY_AFTER_MS = [50, 100, 250, 500, 1_000, 2_000];
const RETRIED = new Set([429, 503]);

/**
 * Calls the engine's API and goes on through restarts: a lost connection, 429 and 503 are tried again with growing pauses
 * for up to `patienceMs`. Writes that matter carry an Idempotency-Key, so that trying again never does a thing twice.
 */
export class ApiClient {
  private readonly pool: Promise<Pool>;
  private readonly prefix: string;

  constructor(
    url: string,
    private readonly options: { readonly connections: number; readonly patienceMs?: number },
  ) {
    const { origin, pathname } = new URL(url);
    this.prefix = pathname.replace(/\/$/, '');
    this.pool = openPool(origin, options.connections);
  }

  async call(call: Call): Promise<Answer> {
    const pool = await this.pool;
    const giveUpAt = Date.now() + (this.options.patienceMs ?? 60_000);
    for (let tries = 0; ; tries++) {
      const last = await this.once(pool, call).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      );
      if (!(last instanceof Error) && !RETRIED.has(last.status)) return last;
      if (Date.now() > giveUpAt) {
        if (!(last instanceof Error)) return last;
        throw new EngineAwayError(`no answer from the engine to ${call.method} ${call.path}: ${last.message}`, {
          cause: last,
        });
      }
      await pause(RETRY_AFTER_MS[Math.min(tries, RETRY_AFTER_MS.length - 1)]);
    }
  }

  async close(): Promise<void> {
    await (await this.pool).close();
  }

  private async once(pool: Pool, { method, path, body, ...options }: Call): Promise<Answer> {
    const response = await pool.request({
      method,
      path: this.prefix + path,
      headers: headersOf(options, body !== undefined),
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: parsed(text) };
  }
}

/** Loaded where something is called: most commands call nothing. */
async function openPool(origin: string, connections: number): Promise<Pool> {
  const { Pool } = await import('undici');
  return new Pool(origin, { connections, headersTimeout: 60_000, bodyTimeout: 60_000 });
}

function headersOf({ token, key, wait }: CallOptions, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
  if (hasBody) headers['content-type'] = 'application/json';
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (key !== undefined) headers['idempotency-key'] = key;
  if (wait !== undefined) headers['prefer'] = `wait=${wait}`;
  return headers;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseExactly(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What an error answer says, in one line. */
export const problemLine = ({ status, body }: Answer): string =>
  [status, body['code'], body['detail']].filter((part) => part !== undefined).join(' ');
