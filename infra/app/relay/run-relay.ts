import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { relayPosition, startRelay } from '../../relay/index.js';
import { ConfigError, type Config } from '../../config/index.js';
import { distance } from '../../shared/position.js';
import { KnownHead } from '../../event-store/index.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';
import { createLeaderElection, createLease, type LeasedWorker } from '../../lease/index.js';
import { openParkedMessages, type MessageBus, type ParkedMessages } from '../../message-bus/index.js';
import { openInProcessBus } from '../../message-bus/in-process/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import { registerRelayMetrics, type ObserveLeader } from '../../telemetry/metrics/index.js';
import type { Closers } from '../boot/closers.js';
import { OutageLines } from '../stores/outage-lines.js';
import { openProcessStoreAside, type Log } from '../stores/stores.js';
import { openWebhookHandler, webhookConsumer } from './webhooks-out.js';

export interface RelaySurroundings {
  readonly config: Config;
  readonly log: Log;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly observeLeader: ObserveLeader;
}

interface RelayParts extends RelaySurroundings {
  readonly processes: DocumentStore;
  readonly parked: ParkedMessages;
  readonly bus: MessageBus;
}

const isInProcess = ({ busUrl }: Pick<Config, 'busUrl'>): boolean => busUrl.startsWith('memory:');

/**
 * Relays the log's integration events to the bus, and from there to the webhook where one is configured; stands by while another
 * process does so. Without bus and webhook nothing runs. Returns the readiness check of the bus.
 * @throws StoreRefusedError the relay's cursor is of another log
 */
export async function runRelay(surroundings: RelaySurroundings, closers: Closers): Promise<readonly ReadinessCheck[]> {
  const { config, log, logger, registry } = surroundings;
  if (!config.roles.has('projections') || (isInProcess(config) && config.eventWebhook === null)) return [];
  const processes = await openProcessStoreAside(config);
  closers.add(() => processes.close());
  const parked = await openParkedMessages(processes);
  const outage = new OutageLines('message-bus', logger);
  const bus = await openBus(config, parked, (error) => outage.found(error?.message ?? null));
  closers.add(() => bus.close());
  const election = createLeaderElection({
    lease: createLease({ store: processes, name: 'relay' }),
    start: () => startRelaying({ ...surroundings, processes, parked, bus }),
    onStandby: () => logger.info('another process relays the events: standing by'),
    onLeaseError: (error) => logger.warn({ err: error }, 'the relay could not be seen to: trying again'),
    onWorkerFailed: (error) => logger.error({ err: error }, 'the relay has ended: it is taken up again'),
  });
  closers.add(() => election.close());
  surroundings.observeLeader('relay', () => election.isLeader);
  await election.start();
  const head = new KnownHead(() => log.events.head());
  registerRelayMetrics(registry, {
    lag: async () => distance(await relayPosition(processes), await head.latest()),
    parked: () => countsOf(parked),
  });
  return [{ name: 'message-bus', check: () => bus.ping() }];
}

/**
 * Opens the bus of the configuration; whether it is away shows later.
 * @throws ConfigError the URL is malformed
 */
export async function openBus(
  config: Pick<Config, 'busUrl' | 'busRoot'>,
  parked: ParkedMessages,
  onTrouble: (error: Error | null) => void,
): Promise<MessageBus> {
  if (isInProcess(config)) return openInProcessBus(parked);
  const { openNatsBus } = await import('../../message-bus/nats/index.js');
  try {
    return openNatsBus({ url: config.busUrl, root: config.busRoot, parked, onTrouble });
  } catch (error) {
    throw error instanceof TypeError ? new ConfigError([`BUS_URL is ${error.message}`]) : error;
  }
}

const MOST_COUNTED = 1_000;

async function countsOf(parked: ParkedMessages): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let counted = 0;
  for await (const { consumer } of parked.list()) {
    counts.set(consumer, (counts.get(consumer) ?? 0) + 1);
    counted += 1;
    if (counted === MOST_COUNTED) break;
  }
  return counts;
}

async function startRelaying({ config, log, logger, processes, parked, bus }: RelayParts): Promise<LeasedWorker> {
  const { eventWebhook, busRoot } = config;
  const consumption =
    eventWebhook === null
      ? null
      : await bus.consume(webhookConsumer(eventWebhook, busRoot), await openWebhookHandler(eventWebhook, processes));
  try {
    const relay = await startRelay({
      eventStore: log.sealed,
      documents: processes,
      bus,
      root: busRoot,
      parked,
      logger,
    });
    return {
      heartbeat: () => relay.heartbeat(),
      close: async () => {
        // The relay publishes nothing from here on: without its consumer the bus would drop events.
        const stopped = relay.close();
        await consumption?.close();
        await stopped;
      },
    };
  } catch (error) {
    await consumption?.close();
    throw error;
  }
}
