import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { connect } from 'nats';
import { startTestServer, type TestServer } from '../../event-store/eventstoredb/test-server/index.js';
import { ROLES, type Role } from '../../config/index.js';
import type { EngineProcess } from './engine-process.js';
import type { Engines } from './engines.js';
import { Gateway } from './gateway.js';

/** Where the servers are that the processes share. */
export interface ServerUrls {
  readonly eventStore: string;
  /** With a database of its own. */
  readonly readStore: string;
  readonly search: string;
  readonly bus: string;
}

/** A namespace of its own on every server; the event store, which has none, is a server of its own. */
export interface FreshServers {
  readonly urls: ServerUrls;
  readonly eventStore: TestServer;
  /** Leaves the servers as they were. */
  dispose(): Promise<void>;
}

export async function freshServers(readStore: string, search: string, bus: string): Promise<FreshServers> {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  const eventStore = await startTestServer();
  const [documents, index] = [readStore, search].map((url) => url.replace(/\/$/, ''));
  return {
    urls: {
      eventStore: eventStore.url,
      readStore: `${documents}/${name}`,
      search: `${index}/${name}`,
      bus: `${bus}/${name}`,
    },
    eventStore,
    dispose: async () => {
      await eventStore.close();
      await dropDatabases(readStore, name);
      await deleteIndices(index ?? search, name);
      await deleteStream(bus, name.toUpperCase());
    },
  };
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const client = await new MongoClient(url).connect();
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  const ours = databases.filter(({ name }) => name.startsWith(prefix));
  for (const { name } of ours) await client.db(name).dropDatabase();
  await client.close();
}

async function deleteIndices(url: string, prefix: string): Promise<void> {
  const listed = await fetch(`${url}/_cat/indices/${prefix}-*?format=json&h=index`);
  const indices = (await listed.json()) as readonly { readonly index: string }[];
  for (const { index } of indices) await fetch(`${url}/${index}`, { method: 'DELETE' });
}

async function deleteStream(url: string, name: string): Promise<void> {
  const connection = await connect({ servers: url.replace(/^\w+:\/\//, '') });
  const jsm = await connection.jetstreamManager();
  await jsm.streams.delete(name).catch(() => undefined);
  await connection.close();
}

const DUTIES = {
  sagas: { works: '"runs the sagas"', standsBy: 'another process runs the sagas: standing by' },
  projections: { works: '"keeps the read models"', standsBy: 'another process keeps the read models: standing by' },
};

/** Roles that one process at a time has. */
export type Duty = keyof typeof DUTIES;

export const standsBy = ({ child }: EngineProcess, role: Duty): boolean => child.output.includes(DUTIES[role].standsBy);

const worked = ({ child }: EngineProcess, role: Duty): boolean => child.output.includes(DUTIES[role].works);

/** Every role as two processes that share nothing but servers, behind one origin. */
export class DistributedShop {
  private constructor(
    readonly gateway: Gateway,
    private readonly processes: Readonly<Record<Role, readonly EngineProcess[]>>,
  ) {}

  static async start(engines: Engines, urls: ServerUrls): Promise<DistributedShop> {
    const reads: EngineProcess[] = [];
    const writes: EngineProcess[] = [];
    const gateway = await new Gateway({ reads, writes }).open();
    const env = {
      EVENT_STORE_URL: urls.eventStore,
      READ_STORE_URL: urls.readStore,
      KEY_STORE_URL: urls.readStore,
      SEARCH_URL: urls.search,
      BUS_URL: urls.bus,
      SERVER_SECRET: 'a server secret for end-to-end specs',
      WEBHOOK_URL: gateway.url,
    };
    const pair = (role: Role): Promise<EngineProcess[]> =>
      Promise.all([1, 2].map(() => engines.start({ env: { ...env, ROLES: role } })));
    const started = await Promise.all(ROLES.map(async (role) => [role, await pair(role)] as const));
    const processes = Object.fromEntries(started) as Record<Role, EngineProcess[]>;
    reads.push(...processes['read-api']);
    writes.push(...processes['write-side']);
    return new DistributedShop(gateway, processes);
  }

  all(): readonly EngineProcess[] {
    return ROLES.flatMap((role) => this.processes[role]);
  }

  /** The process that is at work for a role, as long as none has taken over from another. */
  atWork(role: Duty): EngineProcess {
    const working = this.processes[role].find((process) => worked(process, role));
    if (working === undefined) throw new Error(`nobody is at work for ${role}`);
    return working;
  }

  /** Whether both have been at work for it: the second took over from the first. */
  hasPassed(role: Duty): boolean {
    return this.processes[role].every((process) => worked(process, role));
  }

  /** The first process of each role: for the two that stand by for each other the one at work. */
  oneOfEach(): readonly EngineProcess[] {
    const [writeSide] = this.processes['write-side'];
    const [readApi] = this.processes['read-api'];
    const found = [writeSide, readApi, this.atWork('sagas'), this.atWork('projections')];
    return found.filter((process) => process !== undefined);
  }

  close(): Promise<void> {
    return this.gateway.close();
  }
}
