import type { ConnectionOptions } from 'nats';

/** The parts of a bus URL; the client itself reads no credentials from URLs. */
export type NatsAddress = Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'>;

const URL_PARTS = /^(nats|tls):\/\/(?:([^@/]*)@)?([^@/]+)(?:\/[\w-]*)?$/;

/**
 * Reads `nats://host:4222`, `tls://user:password@a:4222,b:4222` (servers of one cluster) or `nats://token@host`.
 * Credentials are percent-encoded. A path of one word is left to the caller.
 * @throws TypeError it is no such URL; the text of the URL is not in the message
 */
export function parseNatsUrl(url: string): NatsAddress {
  const [, scheme, credentials, hosts] = URL_PARTS.exec(url) ?? [];
  if (hosts === undefined) throw new TypeError('not a URL such as nats://user:password@host:4222');
  return {
    servers: hosts.split(',').map((host) => host.trim()),
    ...(credentials !== undefined && credentialsOf(credentials)),
    // Without this the client uses TLS only where the server demands it.
    ...(scheme === 'tls' && { tls: {} }),
  };
}

function credentialsOf(text: string): NatsAddress {
  const colon = text.indexOf(':');
  if (colon < 0) return { token: decodeURIComponent(text) };
  return { user: decodeURIComponent(text.slice(0, colon)), pass: decodeURIComponent(text.slice(colon + 1)) };
}
