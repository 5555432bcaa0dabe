import type { Stripe } from 'stripe';

/** How long a call may take; the saga then repeats it with the same key. */
const TIMEOUT_MS = 10_000;

/** Loads the library only where it is used, as it takes time at the start, and memory. */
export async function openStripe({
  secretKey,
  apiUrl,
}: {
  readonly secretKey: string;
  readonly apiUrl: string;
}): Promise<Stripe> {
  const { Stripe: Client } = await import('stripe');
  const { protocol, hostname, port } = new URL(apiUrl);
  const secure = protocol === 'https:';
  return new Client(secretKey, {
    protocol: secure ? 'https' : 'http',
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    timeout: TIMEOUT_MS,
    // Sagas repeat calls themselves.
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
