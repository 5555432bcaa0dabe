import { loadConfig } from '../config/load-config.js';
import { CliError } from './cli-error.js';

export const TOKEN_ROLES = ['customer', 'support', 'analyst', 'admin'] as const;

export interface TokenOptions {
  readonly role: string;
  readonly sub: string;
  /** Seconds. */
  readonly ttl: number;
  /** Groups of customers. */
  readonly group?: readonly string[];
}

/** A token that the engine with the same environment takes. */
export async function mintToken(
  variables: Readonly<Record<string, string | undefined>>,
  options: TokenOptions,
): Promise<string> {
  const role = TOKEN_ROLES.find((known) => known === options.role);
  if (role === undefined) throw new CliError(`${options.role} is no role; there are ${TOKEN_ROLES.join(', ')}`);
  const { auth } = loadConfig(variables);
  if (auth.secret === null) throw new CliError('tokens come from the identity provider of AUTH_JWKS_URL');
  // What serves requests takes longer to load than most commands take.
  const { signToken } = await import('../http/index.js');
  return signToken({ role, sub: options.sub, ttl: options.ttl, groups: options.group ?? [] }, auth);
}
