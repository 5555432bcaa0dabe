import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP, isIPv6, SocketAddress } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** See `clientOf`. */
    readonly client: string;
  }
}

/** Where a request came from: the peer of its connection, and what proxies on its way said. */
export interface Origin {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * The client that every limit counts by: its IPv4 address, or the /64 of its IPv6 address, since a household has that many
 * addresses to itself. Behind the proxies of `TRUSTED_PROXIES` it is whom they pass on.
 * @public
 */
export const clientOf = (request: FastifyRequest): string => request.client;

/** Lets `clientOf` answer for every request of this app. */
export function registerClients(fastify: FastifyInstance, clients: Clients): void {
  fastify.decorateRequest('client', {
    getter(this: FastifyRequest) {
      return clients.of(this.raw);
    },
  });
}

/** Tells clients from the proxies between. */
export class Clients {
  private readonly proxies = new BlockList();

  /** @param trustedProxies addresses and CIDRs */
  constructor(trustedProxies: readonly string[]) {
    for (const proxy of trustedProxies) {
      const [address = '', prefix] = proxy.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      this.proxies.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
    }
  }

  /** See `clientOf`. */
  of({ socket, headers }: Origin): string {
    const peer = plainAddress(socket.remoteAddress ?? '');
    const forwarded = headers['x-forwarded-for'];
    if (forwarded === undefined || !this.isProxy(peer)) return household(peer);
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded).split(',');
    return household(this.firstBehind(peer, hops));
  }

  /** Whether a peer passes on requests of others. */
  isProxy(address: string | undefined): boolean {
    const plain = plainAddress(address ?? '');
    const family = isIP(plain);
    return family !== 0 && this.proxies.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  }

  /** Each proxy appends whom it heard, so only the right end can be believed: as far as proxies of ours reach. */
  private firstBehind(peer: string, hops: readonly string[]): string {
    let believed = peer;
    for (let index = hops.length - 1; index >= 0 && this.isProxy(believed); index--) {
      const hop = plainAddress(withoutPort(hops[index]?.trim() ?? ''));
      if (isIP(hop) === 0) break;
      believed = hop;
    }
    return believed;
  }
}

/** Some load balancers add the client's port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop;
}

/** An IPv4 address that came as IPv6 (`::ffff:…`) is one, however its bits are spelt. */
function plainAddress(address: string): string {
  const plain = address.split('%')[0] ?? '';
  if (!isIPv6(plain)) return plain;
  const canonical = new SocketAddress({ address: plain, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(canonical)?.[1] ?? canonical;
}

function household(address: string): string {
  if (!isIPv6(address)) return address;
  const [left = '', right = ''] = address.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === '' ? [] : right.split(':');
  // What `::` stands for; an embedded IPv4 address is the last two groups, which no prefix of four reaches.
  const zeros = address.includes('::')
    ? Math.max(0, 8 - head.length - tail.length - (address.includes('.') ? 1 : 0))
    : 0;
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
