import { createLocalJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';

/** The keys of AUTH_JWKS_URL cannot be had: whether a token is good cannot be told now. */
export class KeysUnavailableError extends Error {
  constructor(url: string, options?: ErrorOptions) {
    super(`AUTH_JWKS_URL ${withoutCredentials(url)} has no keys to give: ${messageOf(options?.cause)}`, options);
    this.name = 'KeysUnavailableError';
  }
}

/** How long keys are used before they are asked for again, milliseconds: a key that was revoked is refused soon after. */
const FRESH_MS = 25_000;
/** How long an answer may take. */
const PATIENCE_MS = 3_000;
/** How long nobody asks again where there was no answer. */
const PAUSE_MS = 1_000;
/** Tokens may name keys that nobody has: so often at once, and once more each time this has passed, the keys are asked for. */
const MOST_LOOKS = 5;
const LOOK_AGAIN_MS = 5_000;

type Keys = (...token: Parameters<JWTVerifyGetKey>) => ReturnType<JWTVerifyGetKey>;

export interface RemoteKeysOptions {
  readonly url: string;
  readonly now: () => number;
  /** How long an answer may take, milliseconds; default 3,000. */
  readonly patienceMs?: number;
  /** Called when the keys cannot be had any more, with why, and with null when they can again. */
  readonly onTrouble: (error: KeysUnavailableError | null) => void;
}

/** The keys of an identity provider, asked for again when they are old or lack one, and never more often than makes sense. */
export class RemoteKeys {
  #keys: Keys | null = null;
  #loadedAt = -Infinity;
  #loading: Promise<Keys> | null = null;
  #trouble: { readonly error: KeysUnavailableError; readonly at: number } | null = null;
  #looks = MOST_LOOKS;
  #lookedAt = -Infinity;

  constructor(private readonly options: RemoteKeysOptions) {}

  /** The key of a token. @throws KeysUnavailableError; jose's errors where the keys are there and none fits */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#current();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayLook()) throw error;
      const reloaded = await this.#load();
      return reloaded(header, token);
    }
  };

  async #current(): Promise<Keys> {
    const now = this.options.now();
    if (this.#keys !== null && now - this.#loadedAt < FRESH_MS) return this.#keys;
    if (this.#trouble !== null && now - this.#trouble.at < PAUSE_MS) throw this.#trouble.error;
    return this.#load();
  }

  /** One request at a time, whose answer is everybody's. */
  #load(): Promise<Keys> {
    this.#loading ??= this.#ask().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #ask(): Promise<Keys> {
    const { url, now, onTrouble, patienceMs } = this.options;
    try {
      const keys = createLocalJWKSet(await fetchKeys(url, patienceMs));
      this.#keys = keys;
      this.#loadedAt = now();
      if (this.#trouble !== null) onTrouble(null);
      this.#trouble = null;
      return keys;
    } catch (cause) {
      const error = new KeysUnavailableError(url, { cause });
      if (this.#trouble === null) onTrouble(error);
      this.#trouble = { error, at: now() };
      throw error;
    }
  }

  #mayLook(): boolean {
    const now = this.options.now();
    const regained = Math.floor((now - this.#lookedAt) / LOOK_AGAIN_MS);
    if (regained > 0) {
      this.#looks = Math.min(MOST_LOOKS, this.#looks + regained);
      this.#lookedAt = now;
    }
    if (this.#looks === 0) return false;
    this.#looks -= 1;
    return true;
  }
}

/** What is at the address. @throws whatever is no JSON Web Key Set, or does not come in time */
export async function fetchKeys(url: string, patienceMs = PATIENCE_MS): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (response.status !== 200) throw new Error(`it answers ${response.status}`);
  const keys = (await response.json()) as JSONWebKeySet;
  createLocalJWKSet(keys);
  return keys;
}

function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
