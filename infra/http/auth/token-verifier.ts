import { hash } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import type { AuthConfig } from '../../config/index.js';
import { isAccessRole } from './principal.js';
import type { AccessRole, Principal } from './principal.js';
import { KeysUnavailableError, RemoteKeys } from './remote-keys.js';

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const MAX_CACHED = 10_000;
const MAX_TOKEN_LENGTH = 4096;
/** How long a token is taken without another look: meanwhile a key of its provider may be revoked, or its holder forgotten. */
const REVERIFY_AFTER_MS = 30_000;
/** By how much the issuer's clock may be ahead of ours; the end of a token is kept to the second. */
const NOT_BEFORE_LEEWAY_S = 5;

interface Verified {
  readonly principal: Principal;
  /** Epoch milliseconds. */
  readonly until: number;
}

/**
 * The random id by which the shop knows the holder of a subject, made on first sight and the same until they are forgotten.
 * Rejects where it cannot be had.
 */
export type IdOfSubject = (subject: string) => Promise<string>;

export interface TokenVerifierOptions {
  readonly now?: () => number;
  /** Told when the keys of the JWKS cannot be had any more, and with null when they can again. */
  readonly onTrouble?: (error: KeysUnavailableError | null) => void;
}

/** Verifies bearer tokens; one that was verified a moment ago costs a hash. */
export class TokenVerifier {
  private readonly secret: Uint8Array | null;
  private readonly keys: RemoteKeys | null;
  private readonly options: JWTVerifyOptions;
  private readonly verified = new LRUCache<string, Verified>({ max: MAX_CACHED });
  private readonly now: () => number;

  constructor(
    config: AuthConfig,
    private readonly idOfSubject: IdOfSubject,
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
   * @throws KeysUnavailableError, or what `idOfSubject` rejects with, by its promise: that cannot be told now
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
    const groups = groupsIn(payload);
    const principal = { id: await this.idOf(payload.sub, role), role, ...(groups.length > 0 && { groups }) };
    this.verified.set(key, { principal, until: Math.min(exp * 1000, this.now() + REVERIFY_AFTER_MS) });
    return principal;
  }

  /** The log keeps for ever what it is told: no customer's subject, and of staff none that is an address or a number. */
  private async idOf(subject: string, role: AccessRole): Promise<string> {
    if (role === 'customer') return this.idOfSubject(subject);
    return PERSONAL.test(subject) ? `person-${await this.idOfSubject(subject)}` : subject;
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
}

/** E-mail addresses, telephone and other numbers, and what reads like the id of somebody who has one of these. */
const PERSONAL = /@|^(?:tel:)?[+\d][\d\s()./-]*$|^person-/;

const MOST_GROUPS = 20;
const LONGEST_GROUP = 64;

/** The claim `groups` is of the shop's own issuer: what is no name of a group there names none. */
const groupsIn = ({ groups }: JWTPayload): readonly string[] =>
  Array.isArray(groups)
    ? groups
        .filter((group): group is string => typeof group === 'string' && group !== '' && group.length <= LONGEST_GROUP)
        .slice(0, MOST_GROUPS)
    : [];

const isOurs = (token: string): boolean => decodeProtectedHeader(token).alg === 'HS256';

function nullUnlessUnavailable(error: unknown): null {
  if (error instanceof KeysUnavailableError) throw error;
  return null;
}
