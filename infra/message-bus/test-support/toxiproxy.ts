/** A way to a server that can be cut, by the HTTP API of a Toxiproxy at `TOXIPROXY_URL`. */
export interface CuttableWay {
  /** `host:port` of this side. */
  readonly address: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
}

export const toxiproxyUrl = process.env['TOXIPROXY_URL'] ?? '';

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
    mend: async () => void (await call('POST', path, { enabled: true, listen })),
    remove: async () => void (await call('DELETE', path)),
  };
}
