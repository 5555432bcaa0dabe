import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { MongoClient } from 'mongodb';
import { connect } from 'nats';
import { mongoUrl } from '../../test-support/servers/index.js';
import { startTestServer, type TestServer } from '../../event-store/eventstoredb/test-server/index.js';

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
  /** Drops one of the databases: the read models, or what the processes derive for themselves. */
  dropDocuments(space: 'read' | 'processes'): Promise<void>;
  /** Deletes the search index. */
  dropIndices(): Promise<void>;
  /** All that the servers store: the events, each database by its space, the search index. */
  texts(): Promise<ReadonlyMap<string, string>>;
  /** Leaves the servers as they were. */
  dispose(): Promise<void>;
}

export async function freshServers(readStore: string, search: string, bus: string): Promise<FreshServers> {
  const name = `e2e-${randomUUID().slice(0, 8)}`;
  const eventStore = await startTestServer();
  const index = search.replace(/\/$/, '');
  return {
    urls: {
      eventStore: eventStore.url,
      readStore: mongoUrl(readStore, { database: name }),
      search: `${index}/${name}`,
      bus: `${bus}/${name}`,
    },
    eventStore,
    dropDocuments: (space) => dropDatabases(readStore, `${name}-${space}`),
    dropIndices: () => deleteIndices(index, name),
    texts: async () =>
      new Map([
        ['events', await eventsIn(eventStore.url)],
        ...(await documentsIn(readStore, `${name}-`)),
        ['search', await indexedIn(index, name)],
      ]),
    dispose: async () => {
      await eventStore.close();
      await dropDatabases(readStore, name);
      await deleteIndices(index, name);
      await deleteStream(bus, name.toUpperCase());
    },
  };
}

/** What makes an engine work on them. */
export const settingsFor = (urls: ServerUrls): Readonly<Record<string, string>> => ({
  EVENT_STORE_URL: urls.eventStore,
  READ_STORE_URL: urls.readStore,
  KEY_STORE_URL: urls.readStore,
  SEARCH_URL: urls.search,
  BUS_URL: urls.bus,
  SERVER_SECRET: 'a server secret for end-to-end specs',
});

async function eventsIn(url: string): Promise<string> {
  const client = EventStoreDBClient.connectionString(url);
  const events: object[] = [];
  for await (const { event } of client.readAll()) if (event !== undefined) events.push(event);
  await client.dispose();
  return textOf(events);
}

async function documentsIn(url: string, prefix: string): Promise<readonly (readonly [string, string])[]> {
  const client = await new MongoClient(url).connect();
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  const texts = databases
    .filter(({ name }) => name.startsWith(prefix))
    .map(async ({ name }): Promise<readonly [string, string]> => {
      const collections = await client.db(name).collections();
      const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
      return [name.slice(prefix.length), textOf(documents)];
    });
  return Promise.all(texts).finally(() => client.close());
}

async function indexedIn(url: string, prefix: string): Promise<string> {
  return (await fetch(`${url}/${prefix}-*/_search?size=1000`)).text();
}

const textOf = (value: object): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const client = await new MongoClient(url).connect();
  try {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    const ours = databases.filter(({ name }) => name.startsWith(prefix));
    for (const { name } of ours) await client.db(name).dropDatabase();
  } finally {
    // Open, it would keep a run whose test has failed from ending.
    await client.close();
  }
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
