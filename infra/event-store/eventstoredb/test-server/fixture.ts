import { randomUUID } from 'node:crypto';
import type { AllStreamSubscription, EventData, Position, ReadPosition, ResolvedEvent } from '@eventstore/db-client';
import { EventStoreDBClient, eventTypeFilter, jsonEvent } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import type { TestServer, TestServerOptions } from './index.js';
import { startTestServer } from './index.js';

/** A node and a client of it; both are gone after `close`. */
export interface Fixture {
  readonly server: TestServer;
  readonly client: EventStoreDBClient;
  /** One more client. The gRPC library lets all clients of one process share their connection to an address. */
  connect(): EventStoreDBClient;
  close(): Promise<void>;
}

export async function openFixture(options?: TestServerOptions): Promise<Fixture> {
  const server = await startTestServer(options);
  const clients: EventStoreDBClient[] = [];
  const connect = (): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(`${server.url}&defaultDeadline=60000`);
    clients.push(client);
    return client;
  };
  return {
    server,
    client: connect(),
    connect,
    close: async () => {
      await Promise.all(clients.map((client) => client.dispose()));
      await server.close();
    },
  };
}

export function counted(n: number, id: string = randomUUID()): EventData {
  return jsonEvent({ id, type: 'counted.v1', data: { n }, metadata: { by: 'spec' } });
}

export function ids(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

/** The `n` of every event of a stream, in order. */
export async function numbersIn(client: EventStoreDBClient, stream: string): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for await (const { event } of client.readStream(stream)) numbers.push(numberOf(event?.data));
  return numbers;
}

/** The position of every event in the log, system events included. */
export async function positionsIn(client: EventStoreDBClient): Promise<(Position | undefined)[]> {
  const positions: (Position | undefined)[] = [];
  for await (const { event } of client.readAll()) positions.push(event?.position);
  return positions;
}

export function numberOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, 'n') : undefined;
}

/** Tries again while the node is not to be had: a client notices only with a call that its connection is gone. */
export async function onceBack<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      // The client hands on what its question for the server's features meets as it is, not as an UnavailableError.
      if (!(error instanceof Error) || Reflect.get(error, 'code') !== status.UNAVAILABLE) throw error;
    }
  }
}

/** Waits until something holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** What a subscription to $all brought: users' numbers, and the signs between them. */
export class Following {
  readonly seen: unknown[] = [];
  readonly signs: string[] = [];
  readonly checkpoints: Position[] = [];
  error: Error | undefined;
  isEnded = false;
  readonly subscription: AllStreamSubscription;

  constructor(client: EventStoreDBClient, fromPosition?: ReadPosition, window?: number) {
    const filter = eventTypeFilter({
      regex: '^[^$]',
      maxSearchWindow: window ?? 32,
      checkpointReached: (_, position) => {
        this.checkpoints.push(position);
      },
    });
    this.subscription = client.subscribeToAll({
      ...(fromPosition === undefined ? {} : { fromPosition }),
      ...(window === undefined ? {} : { filter }),
    });
    this.subscription
      .on('data', ({ event }: ResolvedEvent) => {
        if (event?.type.startsWith('$') === false) this.seen.push(numberOf(event.data));
      })
      .on('confirmation', () => this.signs.push('confirmed'))
      .on('caughtUp', () => this.signs.push('caught up'))
      .on('fellBehind', () => this.signs.push('fell behind'))
      .on('end', () => {
        this.isEnded = true;
      })
      .on('error', (error) => {
        this.error = error;
      });
  }
}
