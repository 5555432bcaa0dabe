import { once } from 'node:events';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { ConnectionInjector, Server } from '@grpc/grpc-js';
import { ServerCredentials } from '@grpc/grpc-js';

export const HOST = '127.0.0.1';

/**
 * The ports that the system chose for a listener of this process. None is taken twice: the gRPC library keeps a connection to an address
 * for all clients of a process, and the first call to a new server would meet the end of the connection to the old one.
 */
const portsOfBefore = new Set<number>();

/** The port. It is our own, so that it can be closed, and its connections cut, while the node behind it lives on. */
export class Listener {
  readonly #injector: ConnectionInjector;
  readonly #sockets = new Set<Socket>();
  readonly #onCount: (connections: number) => void;
  #server: NetServer | undefined;
  #port = 0;

  constructor(grpc: Server, onCount: (connections: number) => void) {
    this.#injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
    this.#onCount = onCount;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens: the first time on any port that is free, afterwards on the same. */
  async open(port = this.#port): Promise<void> {
    if (this.#server !== undefined) return;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    this.#port = await listen(this.#server, port);
    if (port !== 0) return;
    if (portsOfBefore.has(this.#port)) {
      const refused = this.#server;
      this.#server = undefined;
      await this.open(0).finally(() => refused.close());
    }
    portsOfBefore.add(this.#port);
  }

  /** Cuts what is connected; answers how many that were. */
  cut(): number {
    const count = this.#sockets.size;
    for (const socket of this.#sockets) socket.resetAndDestroy();
    return count;
  }

  /** No longer listens, and cuts what is connected. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    this.cut();
    await closed;
  }

  async destroy(): Promise<void> {
    await this.shut();
    this.#injector.destroy();
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    this.#onCount(this.#sockets.size);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#onCount(this.#sockets.size);
    });
    this.#injector.injectConnection(socket);
  }
}

async function listen(server: NetServer, port: number): Promise<number> {
  server.listen(port, HOST);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
