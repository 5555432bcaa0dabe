import {
  connect,
  Events,
  type ConnectionOptions,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
} from 'nats';
import { BusUnavailableError } from '../errors.js';
import { sleep } from '../../shared/back-off.js';
import { parseNatsUrl } from './nats-address.js';
import { toBusError } from './nats-errors.js';
import { ensureStream } from './nats-stream.js';

export interface NatsLinkOptions {
  readonly url: string;
  /** First word of all subjects, and in capitals the name of the stream. */
  readonly root: string;
  /** Called once each time that the bus is lost or cannot be reached, and with null when it is back. */
  readonly onTrouble: (error: Error | null) => void;
}

/** A connection that is up, with the stream in place. */
export interface Session {
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
}

const CONNECT_MS = 3_000;
const ANSWER_MS = 5_000;
const RETRY_MS = 500;
/** The interval of pings; a connection that does not answer two of them counts as lost. */
const PING_EVERY_MS = 5_000;

/** Keeps a connection up until it is closed; while there is none, callers get an error at once. */
export class NatsLink {
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #connecting: Promise<NatsConnection>;
  #connection: NatsConnection | null = null;
  #session: Promise<Session> | null = null;
  #isUp = false;
  #isTroubled = false;

  constructor(private readonly options: NatsLinkOptions) {
    this.#options = {
      ...parseNatsUrl(options.url),
      name: 'cartwright',
      timeout: CONNECT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RETRY_MS,
      ignoreAuthErrorAbort: true,
      pingInterval: PING_EVERY_MS,
      maxPingOut: 2,
    };
    this.#connecting = connect(this.#options);
    this.#running = this.#run();
  }

  /** @throws BusUnavailableError there is no connection now, or the stream cannot be made */
  async session(): Promise<Session> {
    if (this.#closing.signal.aborted) throw new BusUnavailableError('the bus is closed');
    try {
      if (this.#connection === null) this.#use(await this.#connecting);
      if (!this.#isUp) throw new BusUnavailableError('NATS is away');
      this.#session ??= this.#prepare();
      return await this.#session;
    } catch (error) {
      this.#session = null;
      throw toBusError(error);
    }
  }

  /** Has the stream looked up again before the next use, as it may be gone. */
  forgetStream(): void {
    this.#session = null;
  }

  trouble(error: unknown): void {
    if (this.#isTroubled || this.#closing.signal.aborted) return;
    this.#isTroubled = true;
    this.options.onTrouble(toBusError(error));
  }

  #recovered(): void {
    if (this.#isTroubled) this.options.onTrouble(null);
    this.#isTroubled = false;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const connection = this.#connection ?? (await this.#connecting.catch(() => null));
    await connection?.close();
    await this.#running;
  }

  async #prepare(): Promise<Session> {
    const connection = this.#connection;
    if (connection === null) throw new BusUnavailableError('NATS is away');
    const jsm = await connection.jetstreamManager({ timeout: ANSWER_MS, checkAPI: false });
    await ensureStream(jsm, this.options.root);
    this.#recovered();
    return { connection, jsm, js: connection.jetstream({ timeout: ANSWER_MS }) };
  }

  #use(connection: NatsConnection): void {
    if (this.#connection === connection) return;
    this.#connection = connection;
    this.#session = null;
    this.#isUp = true;
  }

  /** Opens a new connection whenever the client, which reconnects by itself, has given one up. */
  async #run(): Promise<void> {
    for (;;) {
      try {
        const connection = await this.#connecting;
        this.#use(connection);
        await this.#watch(connection);
      } catch (error) {
        this.trouble(error);
      }
      this.#connection = null;
      this.#isUp = false;
      if (!(await sleep(RETRY_MS, this.#closing.signal))) return;
      this.#connecting = connect(this.#options);
    }
  }

  /** Resolves when the connection is closed for good. */
  async #watch(connection: NatsConnection): Promise<void> {
    // This is not awaited, as the client does not end the iteration when it closes.
    void this.#followStatus(connection);
    const error = await connection.closed();
    if (error) throw error;
  }

  async #followStatus(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === Events.Disconnect) {
        this.#isUp = false;
        this.trouble(new BusUnavailableError('the connection to NATS is lost'));
      }
      if (type !== Events.Reconnect) continue;
      this.#isUp = true;
      this.#recovered();
      // The server may have come back without the stream.
      this.#session = null;
    }
  }
}
