import { SignJWT } from 'jose';
import type { AuthConfig } from '../../config/index.js';
import type { AccessRole } from './principal.js';

export interface TokenRequest {
  readonly role: AccessRole;
  readonly sub: string;
  /** Seconds. */
  readonly ttl: number;
  readonly groups?: readonly string[];
}

/** An HS256 token for the running configuration. @throws when only a JWKS counts */
export async function signToken({ role, sub, ttl, groups = [] }: TokenRequest, config: AuthConfig): Promise<string> {
  if (config.secret === null) throw new Error('tokens come from the issuer of the JWKS: AUTH_SECRET is not set');
  const now = Math.floor(Date.now() / 1000);
  const token = new SignJWT({ role, ...(groups.length > 0 && { groups }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuedAt(now)
    .setExpirationTime(now + ttl);
  if (config.issuer !== null) token.setIssuer(config.issuer);
  if (config.audience !== null) token.setAudience(config.audience);
  return token.sign(new TextEncoder().encode(config.secret));
}
