import { createHmac, hash } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { normalEmail } from '../../../domain/shared/index.js';
import type { AuthConfig } from '../../config/index.js';
import { isAccessRole } from './principal.js';
import type { Principal } from './principal.js';
import { KeysUnavailableError, RemoteKeys } from './remote-keys.js';

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const MAX_CACHED = 10_000;
const MAX_TOKEN_LENGTH = 4096;
/** How long a token is taken without a look at the keys of its provider: one of them may be revoked meanwhile. */
const REVERIFY_AFTER_MS = 30_000;
/** By how much the issuer's clock may be ahead of ours; the end of a token is kept to the second. */
const NOT_BEFORE_LEEWAY_S = 5;

interface Verified {
  readonly principal: Principal;
  /** Epoch milliseconds. */
  readonly until: number;
}

export interface TokenVerifierOptions {
  readonly now?: () => number;
  /** Told when the keys of the JWKS cannot be had any more, and with null when they can again. */
  readonly onTrouble?: (error: KeysUnavailableError | null) => void;
}

/** Verifies bearer tokens; one that was verified costs a hash until it expires, or may have been revoked. */
export class TokenVerifier {
  private readonly secret: Uint8Array | null;
  private readonly keys: RemoteKeys | null;
  private readonly options: JWTVerifyOptions;
  private readonly verified = new Map<string, Verified>();
  private readonly now: () => number;

  /** `serverSecret` makes pseudonyms of subjects that tell who somebody is: the log must not hold one in clear. */
  constructor(
    config: AuthConfig,
    private readonly serverSecret: Buffer,
    { now = Date.now, onTrouble = () => undefined }: TokenVerifierOptions = {},
  ) {
    this.now = now;
    this.secret = config.secret === null ? null : new TextEncoder().encode(config.secret);
    this.keys = config.jwksUrl === null ? null : new RemoteKeys({ url: config.jwksUrl, now, onTrouble });
    this.options = {
      requiredClaims: ['exp', 'sub'],
      clockTolerance: NOT_BEFORE_LEEWAY_S,
      ...(config.issuer === null ? {} : { issuer: config.issuer }),
      ...(config.audience === null ? {} : { audience: config.audience }),
    };
  }

  /**
   * The principal of a token, without waiting when it was verified before; null when it is not valid.
   * @throws KeysUnavailableError by its promise: that cannot be told now
   */
  verify(token: string): Principal | null | Promise<Principal | null> {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    const key = hash('sha256', token, 'base64url');
    const known = this.verified.get(key);
    if (known !== undefined && known.until > this.now()) return known.principal;
    this.verified.delete(key);
    return this.check(token, key);
  }

  private async check(token: string, key: string): Promise<Principal | null> {
    const payload = await this.payloadOf(token).catch(nullUnlessUnavailable);
    if (payload === null || typeof payload.sub !== 'string' || payload.sub === '') return null;
    const { exp, role } = payload;
    if (!isAccessRole(role) || typeof exp !== 'number' || exp * 1000 <= this.now()) return null;
    const principal = { sub: this.subject(payload.sub), role };
    this.remember(key, { principal, until: this.goodUntil(token, exp * 1000) });
    return principal;
  }

  private goodUntil(token: string, expiresAt: number): number {
    return isOurs(token) ? expiresAt : Math.min(expiresAt, this.now() + REVERIFY_AFTER_MS);
  }

  /**
   * What events, read models and logs know the subject by. An e-mail address is the same in any spelling; what only looks like
   * one, as `AbC@clients` does, is compared as it is. A subject that reads like a pseudonym gets one, so that it is nobody else's.
   */
  private subject(sub: string): string {
    if (!PERSONAL.test(sub)) return sub;
    const same = EMAIL.test(sub) ? normalEmail(sub) : sub;
    const digest = createHmac('sha256', this.serverSecret).update(`subject:${same}`).digest('base64url');
    return `sub-${digest.slice(0, 22)}`;
  }

  private async payloadOf(token: string): Promise<JWTPayload | null> {
    const options = { ...this.options, currentDate: new Date(this.now()) };
    if (isOurs(token)) {
      if (this.secret === null) return null;
      return (await jwtVerify(token, this.secret, { ...options, algorithms: ['HS256'] })).payload;
    }
    if (this.keys === null) return null;
    return (await jwtVerify(token, this.keys.keyOf, { ...options, algorithms: ASYMMETRIC })).payload;
  }

  private remember(key: string, entry: Verified): void {
    if (this.verified.size >= MAX_CACHED) {
      // A Map keeps insertion order: the first key is the one that was verified longest ago.
      const oldest = this.verified.keys().next();
      if (!oldest.done) this.verified.delete(oldest.value);
    }
    this.verified.set(key, entry);
  }
}

const EMAIL = /@[^@.]+(?:\.[^@.]+)+$/;
/** E-mail addresses, telephone numbers, and what reads like a pseudonym of ours. */
const PERSONAL = /@|^(?:tel:)?\+\d|^sub-/;

const isOurs = (token: string): boolean => decodeProtectedHeader(token).alg === 'HS256';

function nullUnlessUnavailable(error: unknown): null {
  if (error instanceof KeysUnavailableError) throw error;
  return null;
}
