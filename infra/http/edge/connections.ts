import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EdgeConfig } from '../../config/index.js';
import type { Clients } from '../client-address.js';

/** Connections beyond ours that may be on their way out at any moment. */
const SPARE = 64;

/** The connections of one client. */
interface Household {
  count: number;
  /** Those that keep us waiting, the longest first. */
  readonly waiting: Set<Socket>;
}

/**
 * Bounds the connections of each client and of all. Who comes when there are enough takes the place of who has kept us waiting
 * longest: with an idle connection, or with a request that does not arrive. What is being answered is never cut off for it.
 */
export class Connections {
  private count = 0;
  private readonly waiting = new Set<Socket>();
  private readonly households = new Map<string, Household>();
  private readonly owners = new WeakMap<Socket, Household>();

  constructor(
    private readonly limits: Pick<EdgeConfig, 'maxConnections' | 'connectionsPerClient'>,
    private readonly clients: Clients,
  ) {}

  /** Watches over the connections of a server. */
  guard(server: Server): void {
    // Where a connection waits to be closed it still has a file.
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
    // One that was handed over and given back is counted already.
    if (this.owners.has(socket)) return;
    const { maxConnections, connectionsPerClient } = this.limits;
    const client = this.clients.of({ socket, headers: {} });
    const household = this.households.get(client) ?? { count: 0, waiting: new Set<Socket>() };
    // A proxy passes on what many clients ask for.
    const isFull = household.count >= connectionsPerClient && !this.clients.isProxy(socket.remoteAddress);
    if (isFull && !this.letGo(household.waiting)) return void socket.destroy();
    if (this.count >= maxConnections && !this.letGo(this.waiting)) return void socket.destroy();
    this.households.set(client, household);
    household.count += 1;
    this.count += 1;
    this.owners.set(socket, household);
    this.keepsWaiting(socket);
    socket.once('close', () => {
      this.count -= 1;
      household.count -= 1;
      this.isAnswered(socket);
      if (household.count === 0) this.households.delete(client);
    });
  }

  private keepsWaiting(socket: Socket): void {
    if (socket.destroyed) return;
    this.waiting.add(socket);
    this.owners.get(socket)?.waiting.add(socket);
  }

  /** It is our turn: the connection is not cut off for another. */
  isAnswered(socket: Socket): void {
    this.waiting.delete(socket);
    this.owners.get(socket)?.waiting.delete(socket);
  }

  /** Closes the connection that has kept us waiting longest; false where none does. */
  private letGo(waiting: ReadonlySet<Socket>): boolean {
    const [longest] = waiting;
    if (longest === undefined) return false;
    this.isAnswered(longest);
    longest.destroy();
    return true;
  }
}
