import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onServers } from './setting.js';

/** What can be built again from the log. */
export type DerivedData = 'read' | 'processes' | 'search';

/** Where the engines of one test store what they know: in their data directories, or on servers that they share. */
export interface TestStores {
  /** What makes an engine use them. */
  readonly env: Readonly<Record<string, string>>;
  /** Throws derived data away; the engine is stopped. */
  lose(directory: string, data: DerivedData): Promise<void>;
  /** All that is stored, as it stands there; the read models in places whose names begin with `read`. */
  texts(directory: string): Promise<ReadonlyMap<string, string>>;
  dispose(): Promise<void>;
}

export const openTestStores = (): Promise<TestStores> | TestStores => (onServers ? openServers() : files);

export const files: TestStores = {
  env: {},
  lose: async (directory, data) => {
    const names = readdirSync(directory).filter((name) => name.startsWith(`${data}.db`));
    expect(names).toContain(`${data}.db`);
    for (const name of names) rmSync(join(directory, name));
  },
  texts: async (directory) =>
    new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'latin1')])),
  dispose: async () => {},
};

async function openServers(): Promise<TestStores> {
  const [readStore, search, bus] = ['READ_STORE_TEST_URL', 'SEARCH_TEST_URL', 'BUS_TEST_URL'].map(urlOf);
  // The drivers of all servers take a second to load.
  const { freshServers, settingsFor } = await import('./fresh-servers.js');
  const servers = await freshServers(readStore ?? '', search ?? '', bus ?? '');
  return {
    env: settingsFor(servers.urls),
    lose: (_, data) => (data === 'search' ? servers.dropIndices() : servers.dropDocuments(data)),
    texts: () => servers.texts(),
    dispose: () => servers.dispose(),
  };
}

function urlOf(variable: string): string {
  const url = process.env[variable];
  if (url === undefined || url === '') throw new Error(`E2E_SETTING=distributed needs a server at ${variable}`);
  return url;
}
