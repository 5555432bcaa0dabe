import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EdgeConfig } from '../../config/index.js';
import type { Clients } from '../client-address.js';

/** The number of connections beyond the limit that may be closing at any moment. */
const SPARE = 64;

/** The connections of one client. */
interface ClientConnections {
  count: number;
  /** The idle connections and those whose request has not arrived yet, the longest first. */
  readonly waiting: Set<Socket>;
}

/**
 * Limits the connections of each client and of all clients. A new connection beyond a limit takes the place of the one that has
 * waited longest, idle or for a request that does not arrive; a connection whose request is being answered is never closed for it.
 */
export class Connections {
  private count = 0;
  private readonly waiting = new Set<Socket>();
  private readonly byClient = new Map<string, ClientConnections>();
  private readonly owners = new WeakMap<Socket, ClientConnections>();

  constructor(
    private readonly limits: Pick<EdgeConfig, 'maxConnections' | 'connectionsPerClient'>,
    private readonly clients: Clients,
  ) {}

  /** Applies the limits to the connections of a server. */
  guard(server: Server): void {
    // A connection that is being closed still holds a file descriptor.
    server.maxConnections = this.limits.maxConnections + SPARE;
    server.on('connection', (socket: Socket) => this.admit(socket));
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const isBodyless = request.headers['content-length'] === undefined && !('transfer-encoding' in request.headers);
      if (isBodyless) this.isAnswered(request.socket);
      else request.once('end', () => this.isAnswered(request.socket));
      response.once('close', () => this.keepsWaiting(request.socket));
    });
  }

  private admit(socket: Socket): void {
    // A connection that was handed over and given back is counted already.
    if (this.owners.has(socket)) return;
    const { maxConnections, connectionsPerClient } = this.limits;
    const client = this.clients.of({ socket, headers: {} });
    const own = this.byClient.get(client) ?? { count: 0, waiting: new Set<Socket>() };
    // A proxy forwards the requests of many clients.
    const isFull = own.count >= connectionsPerClient && !this.clients.isProxy(socket.remoteAddress);
    if (isFull && !this.closeLongest(own.waiting)) return void socket.destroy();
    if (this.count >= maxConnections && !this.closeLongest(this.waiting)) return void socket.destroy();
    this.byClient.set(client, own);
    own.count += 1;
    this.count += 1;
    this.owners.set(socket, own);
    this.keepsWaiting(socket);
    socket.once('close', () => {
      this.count -= 1;
      own.count -= 1;
      this.isAnswered(socket);
      if (own.count === 0) this.byClient.delete(client);
    });
  }

  private keepsWaiting(socket: Socket): void {
    if (socket.destroyed) return;
    this.waiting.add(socket);
    this.owners.get(socket)?.waiting.add(socket);
  }

  /** Marks that a request of the connection is being answered, so that it is not closed for another. */
  isAnswered(socket: Socket): void {
    this.waiting.delete(socket);
    this.owners.get(socket)?.waiting.delete(socket);
  }

  /** Closes the connection that has waited longest; false where none waits. */
  private closeLongest(waiting: ReadonlySet<Socket>): boolean {
    const [longest] = waiting;
    if (longest === undefined) return false;
    this.isAnswered(longest);
    longest.destroy();
    return true;
  }
}
