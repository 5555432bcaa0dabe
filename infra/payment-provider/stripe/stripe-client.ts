import type { Stripe } from 'stripe';

/** A call may take this long; whoever asks does so again with the same key. */
const TIMEOUT_MS = 10_000;

/** Loaded by those alone who use it: the library takes its part of the start and of the memory. */
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
    // The sagas ask again themselves.
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
