import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that lets so many connections through; the others are cut, until it is opened. */
export class GuardedWay {
  readonly #sockets = new Set<Socket>();
  #isSilent = false;
  readonly #server = createServer((socket) => this.#take(socket));

  private constructor(
    private readonly upstream: number,
    private left: number,
  ) {}

  /** @param upstream port of the server */
  static async to(upstream: number, connections: number): Promise<GuardedWay> {
    const way = new GuardedWay(upstream, connections);
    way.#server.listen(0, '127.0.0.1');
    await once(way.#server, 'listening');
    return way;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  open(): void {
    this.left = Infinity;
  }

  /** Connections stay open, and nothing gets through any more. */
  silence(): void {
    this.#isSilent = true;
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.resume();
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    socket.on('error', () => undefined);
    if (this.left === 0) return void socket.destroy();
    this.left -= 1;
    const server = connect(this.upstream, '127.0.0.1');
    server.on('error', () => socket.destroy());
    for (const end of [socket, server]) {
      this.#sockets.add(end);
      end.once('close', () => this.#sockets.delete(end));
    }
    if (!this.#isSilent) socket.pipe(server).pipe(socket);
    else socket.resume();
    socket.once('close', () => server.destroy());
    server.once('close', () => socket.destroy());
  }
}
