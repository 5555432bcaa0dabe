/** A way to a server that can be cut, by the HTTP API of a Toxiproxy at `TOXIPROXY_URL`. */
export interface CuttableWay {
  /** `host:port` of this side. */
  readonly address: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Every answer takes so much longer, until it is mended. */
  slow(ms: number): Promise<void>;
  /** Every connection stays open, and no answer comes any more, until it is mended. */
  freeze(): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
}

const toxiproxyUrl = process.env['TOXIPROXY_URL'] ?? '';

/** @throws Toxiproxy does not answer as it should */
export async function openCuttableWay(name: string, upstream: string): Promise<CuttableWay> {
  const call = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(toxiproxyUrl + path, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`Toxiproxy: ${response.status} ${await response.text()}`);
    return response;
  };
  const made = await call('POST', '/proxies', { name, listen: '127.0.0.1:0', upstream, enabled: true });
  const { listen } = (await made.json()) as { listen: string };
  const path = `/proxies/${name}`;
  return {
    address: listen,
    cut: async () => void (await call('POST', path, { enabled: false })),
    slow: async (latency) =>
      void (await call('POST', `${path}/toxics`, { name: 'slow', type: 'latency', attributes: { latency } })),
    freeze: async () =>
      void (await call('POST', `${path}/toxics`, { name: 'freeze', type: 'timeout', attributes: { timeout: 0 } })),
    mend: async () => {
      for (const toxic of ['slow', 'freeze'])
        await fetch(`${toxiproxyUrl}${path}/toxics/${toxic}`, { method: 'DELETE' });
      await call('POST', path, { enabled: true, listen });
    },
    remove: async () => void (await call('DELETE', path)),
  };
}
