import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

interface Flow {
  readonly client: Socket;
  readonly server: Socket;
  /** Something else than heartbeats went over it. */
  hasCarried: boolean;
  isSilent: boolean;
}

/**
 * A way to a server that forgets connections as a firewall or a NAT does: they stay open, and nothing comes through any
 * more. Those with nothing but heartbeats are spared, and new ones work, so the server looks well.
 */
export class SilentWay {
  readonly #flows = new Set<Flow>();
  readonly #server = createServer((socket) => this.#take(socket));

  private constructor(
    private readonly upstream: { readonly port: number; readonly host: string },
    private readonly isHeartbeat: (sent: Buffer) => boolean,
  ) {}

  /**
   * @param upstream `host:port`
   * @param isHeartbeat of what a client sends, whether it is no more than that
   */
  static async to(upstream: string, isHeartbeat: (sent: Buffer) => boolean): Promise<SilentWay> {
    const { hostname, port } = new URL(`tcp://${upstream}`);
    const way = new SilentWay({ port: Number(port), host: hostname }, isHeartbeat);
    way.#server.listen(0, '127.0.0.1');
    await once(way.#server, 'listening');
    return way;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Silences every connection that has carried something; how many. */
  silence(): number {
    const carrying = [...this.#flows].filter(({ hasCarried, isSilent }) => hasCarried && !isSilent);
    for (const flow of carrying) flow.isSilent = true;
    return carrying.length;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const { client, server } of this.#flows) for (const socket of [client, server]) socket.destroy();
    await closed;
  }

  #take(client: Socket): void {
    const server = connect(this.upstream.port, this.upstream.host);
    const flow: Flow = { client, server, hasCarried: false, isSilent: false };
    this.#flows.add(flow);
    client.on('data', (sent: Buffer) => {
      flow.hasCarried ||= !this.isHeartbeat(sent);
      if (!flow.isSilent) server.write(sent);
    });
    server.on('data', (answered: Buffer) => {
      if (!flow.isSilent) client.write(answered);
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#flows.delete(flow);
        // The other side of a silenced connection does not hear of it.
        if (!flow.isSilent || socket === client) other.destroy();
      });
    }
  }
}

const HELLO = /hello|ismaster/i;
/** Header, flags, kind of section, length of the document, type of its first member; then that member's name. */
const COMMAND_AT = 26;
const OP_MSG = 2013;

/** Whether MongoDB's driver asks for no more than how the server is, which it does over connections of their own. */
export function isMongoHeartbeat(sent: Buffer): boolean {
  if (sent.length < COMMAND_AT || sent.readInt32LE(12) !== OP_MSG) return HELLO.test(sent.toString('latin1'));
  return HELLO.test(sent.toString('latin1', COMMAND_AT, COMMAND_AT + 8));
}
