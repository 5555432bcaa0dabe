import { createHmac, hash } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { normalEmail } from '../../../domain/shared/index.js';
import type { AuthConfig } from '../../config/index.js';
import { isAccessRole } from './principal.js';
import type { Principal } from './principal.js';

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const MAX_CACHED = 10_000;
const MAX_TOKEN_LENGTH = 4096;

interface Verified {
  readonly principal: Principal;
  /** Seconds since the epoch. */
  readonly exp: number;
}

/** Verifies bearer tokens; one that was verified costs a hash until it expires. */
export class TokenVerifier {
  private readonly secret: Uint8Array | null;
  private readonly keySet: JWTVerifyGetKey | null;
  private readonly options: JWTVerifyOptions;
  private readonly verified = new Map<string, Verified>();

  /** `serverSecret` makes pseudonyms of subjects that are e-mail addresses: the log must not hold one in clear. */
  constructor(
    config: AuthConfig,
    private readonly serverSecret: Buffer,
    private readonly now: () => number = Date.now,
  ) {
    this.secret = config.secret === null ? null : new TextEncoder().encode(config.secret);
    this.keySet = config.jwksUrl === null ? null : createRemoteJWKSet(new URL(config.jwksUrl));
    this.options = {
      requiredClaims: ['exp', 'sub'],
      ...(config.issuer === null ? {} : { issuer: config.issuer }),
      ...(config.audience === null ? {} : { audience: config.audience }),
    };
  }

  /** The principal of a token, without waiting when it was verified before; null when it is not valid. */
  verify(token: string): Principal | null | Promise<Principal | null> {
    if (token.length > MAX_TOKEN_LENGTH) return null;
    const key = hash('sha256', token, 'base64url');
    const known = this.verified.get(key);
    if (known === undefined) return this.check(token, key);
    if (known.exp * 1000 > this.now()) return known.principal;
    this.verified.delete(key);
    return null;
  }

  private async check(token: string, key: string): Promise<Principal | null> {
    const payload = await this.payloadOf(token).catch(() => null);
    if (payload === null || typeof payload.sub !== 'string' || payload.sub === '') return null;
    const role = payload['role'];
    if (!isAccessRole(role) || typeof payload.exp !== 'number') return null;
    const principal = { sub: this.subject(payload.sub), role };
    this.remember(key, { principal, exp: payload.exp });
    return principal;
  }

  /** What events, read models and logs know the subject by. */
  private subject(sub: string): string {
    if (!sub.includes('@')) return sub;
    const digest = createHmac('sha256', this.serverSecret)
      .update(`subject:${normalEmail(sub)}`)
      .digest('base64url');
    return `sub-${digest.slice(0, 22)}`;
  }

  private async payloadOf(token: string): Promise<JWTPayload | null> {
    const options = { ...this.options, currentDate: new Date(this.now()) };
    if (decodeProtectedHeader(token).alg === 'HS256') {
      if (this.secret === null) return null;
      return (await jwtVerify(token, this.secret, { ...options, algorithms: ['HS256'] })).payload;
    }
    if (this.keySet === null) return null;
    return (await jwtVerify(token, this.keySet, { ...options, algorithms: ASYMMETRIC })).payload;
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
