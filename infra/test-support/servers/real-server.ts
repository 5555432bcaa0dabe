import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';

/** A real engine that an adapter's contract suite runs against. */
export interface RealServer {
  readonly name: string;
  /** Environment variable with the URL of a server that is there already. */
  readonly variable: string;
  /** Pinned image for Docker, where it is there; null where a container would not do. */
  readonly image: string | null;
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  /** HTTP path that answers 2xx when the server is ready; without it an open port is enough. */
  readonly readyPath?: string;
  /** URL from the outside. */
  urlAt(host: string, port: number): string;
}

/** A server that was found. */
export interface FoundServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Variables of the servers, joined by commas, whose suites must not be left out. */
const REQUIRED = 'TEST_SERVERS_REQUIRED';

/** The server that the environment names, else one in Docker, else none. */
async function findServer(server: RealServer): Promise<FoundServer | undefined> {
  const url = process.env[server.variable];
  if (url !== undefined && url !== '') return { url, stop: async () => {} };
  const { image } = server;
  return image !== null && (await hasDocker()) ? startContainer(server, image) : undefined;
}

async function hasDocker(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

async function startContainer(server: RealServer, image: string): Promise<FoundServer> {
  const container = new GenericContainer(image)
    .withExposedPorts(server.port)
    .withEnvironment({ ...server.environment })
    .withCommand([...(server.command ?? [])])
    .withStartupTimeout(180_000);
  if (server.readyPath !== undefined) container.withWaitStrategy(Wait.forHttp(server.readyPath, server.port));
  const started = await container.start();
  const url = server.urlAt(started.getHost(), started.getMappedPort(server.port));
  return { url, stop: async () => void (await started.stop()) };
}

/**
 * Runs the suite against a real server, and says loudly where none was found; to be awaited at the top of a spec.
 * A server whose variable `TEST_SERVERS_REQUIRED` names fails the suite when it is missing.
 */
export const onRealServer = (server: RealServer, suite: (url: string) => void): Promise<void> =>
  onRealServers([server], ([url = '']) => suite(url));

/** As `onRealServer`, for what needs several servers at once: their URLs in the order of the servers. */
export async function onRealServers(
  servers: readonly RealServer[],
  suite: (urls: readonly string[]) => void,
): Promise<void> {
  const found: FoundServer[] = [];
  const missing: RealServer[] = [];
  for (const server of servers) {
    const one = await findServer(server);
    if (one === undefined) missing.push(server);
    else found.push(one);
  }
  if (missing.length > 0) return leaveOut(missing);
  const names = servers.map(({ name }, index) => `${name} at ${found[index]?.url.replace(/\/\/[^/@]*@/, '//')}`);
  describe(`on ${names.join(', ')}`, () => {
    afterAll(async () => {
      for (const { stop } of found) await stop();
    });
    suite(found.map(({ url }) => url));
  });
}

function leaveOut(missing: readonly RealServer[]): void {
  const title = `NOT TESTED for want of ${missing.map(({ name, variable }) => `${name} (${variable} or Docker)`).join(', ')}`;
  const required = (process.env[REQUIRED] ?? '').split(',');
  if (missing.some(({ variable }) => required.includes(variable))) {
    test(title, () => {
      throw new Error(title);
    });
    return;
  }
  process.stderr.write(`\n${title}\n`);
  test.skip(title, () => {});
}
