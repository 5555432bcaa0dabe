import { EventStoreDBClient } from '@eventstore/db-client';
import { isNotLeader, unusableUrl } from './errors.js';
import { within } from './within.js';

/**
 * Options of gRPC. Its defaults pause for up to two minutes between attempts to connect, which prolongs an outage, and buffer only
 * 64 KiB for a busy process, after which the server ends a subscription as too slow.
 */
const CHANNEL_OPTIONS = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc-node.flow_control_window': 4 * 1024 * 1024,
};

/** How long a channel that is given up stays open for calls that were just about to use it. */
const LINGER_MS = 1_000;

/**
 * Creates a client that sends each of its own appends as a call; events are appended by `BatchAppends`. The driver would send all
 * appends over one call. An error of that call rejects every pending append of the process, a late answer is thrown where nobody
 * can catch it, and a lost answer is awaited for ever.
 * @param onMoved called when the leader has changed; later calls go to the new one, and a subscription stays where it is
 * @throws StoreRefusedError the URL is no connection string
 */
export function connect(url: string, onMoved: () => void): EventStoreDBClient {
  const client = parsed(url);
  client['supports'] = () => Promise.resolve(false);
  tuneChannels(client);
  surviveLostChannels(client, onMoved);
  return client;
}

export async function disconnect(client: EventStoreDBClient): Promise<void> {
  await client.dispose();
  // The driver never closes its channel, which would keep the process alive; without a channel it would look for a node now.
  const channel = await within(client['getChannel'](), LINGER_MS).catch(() => null);
  channel?.close();
}

/** The driver has no options for its channels: they are set on each before it connects for the first time. */
function tuneChannels(client: EventStoreDBClient): void {
  const create = client['createChannel'];
  client['createChannel'] = async () => {
    const channel = await create();
    const inner = Reflect.get(channel, 'internalChannel') as { readonly options: object };
    Object.assign(inner.options, CHANNEL_OPTIONS);
    return channel;
  };
}

function parsed(url: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch {
    throw unusableUrl();
  }
}

/**
 * On an error the driver closes the channel and looks for another node, without waiting for the outcome: a failed search
 * would be an unhandled rejection, and so would a call that took the channel just before it was closed.
 */
function surviveLostChannels(client: EventStoreDBClient, onMoved: () => void): void {
  const handleError = client['handleError'];
  const lingering = new WeakSet<object>();
  /** Those to nodes that were found not to lead. */
  const left = new WeakSet<object>();
  client['handleError'] = async (grpcClient, error) => {
    const channel = grpcClient.getChannel();
    if (!lingering.has(channel)) {
      lingering.add(channel);
      const close = channel.close.bind(channel);
      channel.close = () => void setTimeout(close, LINGER_MS).unref();
    }
    await handleError(grpcClient, error).catch(() => undefined);
    if (!isNotLeader(error) || left.has(channel)) return;
    left.add(channel);
    onMoved();
  };
}
