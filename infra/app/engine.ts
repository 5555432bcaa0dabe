import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { CONFIG, type Config } from '../config/index.js';
import { EVENT_STORE, SEALED_EVENT_STORE } from '../event-store/index.js';
import { createHttpApp, Lifecycle } from '../http/index.js';
import type { ReadinessCheck } from '../http/ops/readiness.js';
import { READ_MODEL_STORE } from '../read-model-store/index.js';
import { SEARCH_INDEX } from '../search-index/index.js';
import { PROJECTION_OPERATIONS } from '../engine/projections/projection-operations.js';
import { PROJECTION_PROGRESS } from '../engine/projections/progress.js';
import { createSagaStandings, createSagaTries, SAGA_STANDINGS, SAGA_TRIES } from '../engine/sagas/index.js';
import { openTracer, type Tracer } from '../telemetry/index.js';
import { collectWhenIdle } from '../worker/idle-heap.js';
import {
  registerAttentionGauge,
  registerBuildInfo,
  registerInvariantGauge,
  registerLeaseMetrics,
  registerPromotionGauge,
  registerProjectionMetrics,
} from '../telemetry/metrics/index.js';
import { builtDocument } from './api-document/api-document.js';
import { builtConsole } from './boot/built-console.js';
import { builtEventTypes } from './api-document/built-event-types.js';
import { checkDerivedData } from './stores/check-derived-data.js';
import { Closers } from './boot/closers.js';
import { placeDemoOrders } from './demo/place-demo-orders.js';
import { engineModule, type EngineModuleOptions } from './engine.module.js';
import { listen } from './boot/listen.js';
import { packageVersion } from './boot/package-root.js';
import { countAttention, countFailingPromotions } from './sagas/observed-parts.js';
import { watchEngines } from './stores/outage-lines.js';
import { readPricingFile } from './writing/pricing-policy.js';
import { openReading, type Reading } from './reading/reading.js';
import { runRelay } from './relay/run-relay.js';
import { openObservedLog, recordedAfter } from './stores/observed-log.js';
import { openProcessStore, type Log } from './stores/stores.js';
import { INVARIANT_SWEEP, InvariantSweep } from '../../read-api/invariants/index.js';
import { EVENT_TYPE_DOCUMENTS } from '../../read-api/events/index.js';
import { sagas } from '../../sagas/index.js';
import type { ReadApiPorts } from '../../read-api/read-api.module.js';
import type { WriteSidePorts } from '../../write-side/write-side.module.js';
import { WebhookDelivery } from './writing/webhook-delivery.js';
import { openWriting } from './writing/writing.js';

/** A running engine. */
export interface Engine {
  /** The URL that it listens on. */
  readonly url: string;
  /** Goes on serving, while readiness makes balancers send new requests elsewhere. */
  drain(): void;
  /** Accepts no more requests, finishes those under way, and closes everything. */
  close(): Promise<void>;
}

/** How long sagas, projections, relay and stores may take in all to finish and close, before a store counts as hanging. */
const CLOSING_MS = 8_000;

/**
 * Starts the roles of the configuration: the stores first, then what follows the log, then HTTP.
 * @param beforeListening frees the port
 * @throws ConfigError, StoreRefusedError whose message says what to do; StoreUnavailableError and its like when a store is away
 */
export async function startEngine(
  config: Config,
  logger: Logger,
  beforeListening: () => Promise<void> = async () => {},
): Promise<Engine> {
  const closers = new Closers(CLOSING_MS);
  try {
    const app = await build(config, logger, closers);
    closers.add(collectWhenIdle());
    await beforeListening();
    const url = await app.listen();
    return { url, drain: () => app.drain(), close: () => closers.close() };
  } catch (error) {
    await closers.close().catch((closing: unknown) => logger.error({ err: closing }, 'closing after a failed start'));
    throw error;
  }
}

/** The stores whose outages are logged here; the bus logs its own. */
const ENGINES: ReadonlySet<string> = new Set(['event-store', 'key-store', 'read-store', 'search-index']);

interface Built {
  /** Opens the port; returns the URL. */
  listen(): Promise<string>;
  /** See Engine. */
  drain(): void;
}

async function build(config: Config, logger: Logger, closers: Closers): Promise<Built> {
  const pricing = readPricingFile(config.pricingFile);
  const checks: ReadinessCheck[] = [];
  const registry = new Registry();
  registerBuildInfo(registry, packageVersion());
  const observeLeader = registerLeaseMetrics(registry);
  const tracer = await openTracer(process.env);
  closers.add(() => tracer?.close());
  const log = await openObservedLog(config, logger, registry);
  closers.add(() => log.close());
  await checkDerivedData(config, log);
  const common = { [CONFIG]: config, [EVENT_STORE]: log.events };
  checks.push(
    { name: 'event-store', check: () => log.events.ping() },
    { name: 'key-store', check: () => log.keys.ping() },
  );

  const isDeciding = config.roles.has('write-side') || config.roles.has('sagas');
  const delivery = new WebhookDelivery(config.webhookUrl);
  const writing = isDeciding
    ? await openWriting({ config, logger, log, pricing, delivery, registry, observeLeader, tracer }, closers)
    : null;
  checks.push(...(writing?.checks ?? []));

  const reading = await openReading({ config, events: log.events, logger, observeLeader }, closers);
  registerProjectionMetrics(registry, {
    status: () => reading.progress.status(),
    recordedAfter: (position) => recordedAfter(log, position),
  });
  registerAttentionGauge(registry, () => countAttention(reading.store, reading.progress, Date.now()));
  registerPromotionGauge(registry, () => countFailingPromotions(reading.store));
  await writing?.runSagas();
  checks.push(...reading.checks, ...(await runRelay({ config, log, logger, registry, observeLeader }, closers)));
  const watch = watchEngines({ checks: checks.filter(({ name }) => ENGINES.has(name)), logger });
  closers.add(() => watch.close());
  const apis: Apis = {
    writeSide: config.roles.has('write-side') && writing !== null ? { ...common, ...writing.ports } : null,
    readApi: config.roles.has('read-api')
      ? { ...common, ...(await portsToRead(log, reading, { config, closers, registry, logger })) }
      : null,
  };
  const app = await serve({ config, logger, closers, apis, log, checks, delivery, registry, tracer });
  // The demo shop's orders are paid with the sandbox's tokens.
  if (!config.seedDemo || config.stripe !== null || !config.roles.has('write-side')) return app;
  return {
    ...app,
    listen: async () => {
      const url = await app.listen();
      closers.add(placeDemoOrders({ config, events: log.events, logger }, url));
      return url;
    },
  };
}

interface Around {
  readonly config: Config;
  readonly closers: Closers;
  readonly registry: Registry;
  readonly logger: Logger;
}

/** The ports that only the query API needs. */
async function portsToRead(
  { events, sealed }: Log,
  { store, search, progress, operations }: Reading,
  { config, closers, registry, logger }: Around,
): Promise<Omit<ReadApiPorts, Exclude<keyof WriteSidePorts, typeof SAGA_STANDINGS>>> {
  if (search === null || operations === null) throw new Error('the query API is run without a search index');
  const documents = await openProcessStore(config);
  closers.add(() => documents.close());
  const onError = (error: unknown): void => logger.warn({ err: error }, 'invariants are checked again in a moment');
  const sweep = new InvariantSweep({ log: events, store, progress, onError });
  sweep.start();
  closers.add(() => sweep.close());
  registerInvariantGauge(registry, () => sweep.counts());
  return {
    [SEALED_EVENT_STORE]: sealed,
    [READ_MODEL_STORE]: store,
    [SEARCH_INDEX]: search,
    [PROJECTION_PROGRESS]: progress,
    [PROJECTION_OPERATIONS]: operations,
    [EVENT_TYPE_DOCUMENTS]: builtEventTypes,
    [SAGA_STANDINGS]: createSagaStandings(sagas, sealed),
    [SAGA_TRIES]: createSagaTries(documents),
    [INVARIANT_SWEEP]: sweep,
  };
}

/** The roles with their ports; null where this process does not have a role. */
type Apis = Pick<EngineModuleOptions, 'writeSide' | 'readApi'>;

interface Serving {
  readonly config: Config;
  readonly logger: Logger;
  readonly closers: Closers;
  readonly apis: Apis;
  readonly log: Log;
  readonly checks: readonly ReadinessCheck[];
  readonly delivery: WebhookDelivery;
  readonly registry: Registry;
  readonly tracer: Tracer | null;
}

/**
 * The most connections that may wait to be accepted, as far as the kernel allows (`net.core.somaxconn`). Further connections get no
 * answer, and clients try again after 1, 3 and 7 seconds: under load a few would wait very long while most are served.
 */
const BACKLOG = 4_096;

/** Routes whose answers last as long as the client listens. */
const LIVE_ROUTES = ['/v1/inventory/live', '/v1/events'];

async function serve(serving: Serving): Promise<Built> {
  const { config, logger, closers, apis, log, checks, delivery, registry, tracer } = serving;
  const lifecycle = new Lifecycle();
  const app = await createHttpApp(engineModule({ ...apis, checks, registry, lifecycle }), {
    config,
    logger,
    idOfSubject: (subject) => log.keys.personFor(subject, 'subject'),
    registry,
    liveRoutes: LIVE_ROUTES,
    lifecycle,
    document: builtDocument(),
    ...(config.edge.console ? { console: builtConsole() } : {}),
    tracer,
  });
  // Closing lets the requests under way finish.
  closers.addBounded(() => app.close());
  // This takes a moment in which no request would be answered, so it comes before the port is opened.
  await app.init();
  return {
    drain: () => {
      lifecycle.stage = 'draining';
    },
    listen: async () => {
      await listen({ listen: (port, host) => app.listen({ port, host, backlog: BACKLOG }) }, config);
      const { port } = app.getHttpServer().address() as { port: number };
      const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
      delivery.listensAt(url);
      return url;
    },
  };
}
