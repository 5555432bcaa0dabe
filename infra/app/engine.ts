import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { CONFIG, PRICING_POLICY, type Config } from '../config/index.js';
import { CARRIER } from '../carrier/index.js';
import { createTableRateCarrier } from '../carrier/table-rate/table-rate-carrier.js';
import { EVENT_STORE, KnownHead, SEALED_EVENT_STORE, type EventStore, type Position } from '../event-store/index.js';
import type { LogObserver } from '../event-store/log-observer.js';
import { createHttpApp, Lifecycle } from '../http/index.js';
import type { ReadinessCheck } from '../http/ops/readiness.js';
import { KEY_STORE } from '../key-store/index.js';
import { eachProvider, PAYMENT_PROVIDERS } from '../payment-provider/index.js';
import { READ_STORE, type ReadStore } from '../read-store/index.js';
import { SEARCH_INDEX } from '../search-index/index.js';
import { PROJECTION_PROGRESS } from '../../projections/progress.js';
import { openTracer, type Tracer } from '../telemetry/index.js';
import {
  registerAppendMetrics,
  registerAttentionGauge,
  registerBuildInfo,
  registerCommerceMetrics,
  registerDropMetrics,
  registerLeaseMetrics,
  registerLogFileMetrics,
  registerLogMetrics,
  registerProjectionMetrics,
  registerSagaMetrics,
  type ObserveDuty,
} from '../telemetry/metrics/index.js';
import { COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES } from '../../write-side/shared/index.js';
import { TracedExecutor } from '../../write-side/shared/executor/index.js';
import { builtDocument } from './api-document.js';
import { checkDerivedData } from './check-derived-data.js';
import { Closers } from './closers.js';
import { placeDemoOrders } from './demo/place-demo-orders.js';
import { seedDemoShop } from './demo/seed-demo-shop.js';
import { logFilesOf } from './embedded-files.js';
import { engineModule } from './engine.module.js';
import { listen } from './listen.js';
import { packageVersion } from './package-root.js';
import { loadPricingPolicy } from './pricing.js';
import { countAttention, observedCarrier, observedProvider } from './observed-parts.js';
import { watchEngines } from './outage-lines.js';
import { openPaymentProviders } from './open-payment-providers.js';
import { openReading } from './reading.js';
import { runRelay } from './relay.js';
import { runSagas } from './run-sagas.js';
import { openLog, openProcessStoreAside } from './stores.js';
import { WebhookDelivery } from './webhook-delivery.js';
import { watchCheck } from './watch-check.js';
import { openWriteParts, type WriteParts } from './write-parts.js';

/** A running engine. */
export interface Engine {
  /** Where it listens. */
  readonly url: string;
  /** Serves on, and has readiness send the next requests elsewhere. */
  drain(): void;
  /** Takes no more, finishes what is under way, and lets go of everything. */
  close(): Promise<void>;
}

/** How long sagas, projections, relay and stores may take to finish and close, in all; then a store hangs. */
const CLOSING_MS = 8_000;

/**
 * Starts what the configuration's roles name: stores first, then what follows the log, then HTTP.
 * @param beforeListening makes the port free
 * @throws ConfigError, StoreRefusedError with what to do; StoreUnavailableError and the like when a store is away
 */
export async function startEngine(
  config: Config,
  logger: Logger,
  beforeListening: () => Promise<void> = async () => {},
): Promise<Engine> {
  const closers = new Closers(CLOSING_MS);
  try {
    const app = await build(config, logger, closers);
    await beforeListening();
    const url = await app.listen();
    return { url, drain: () => app.drain(), close: () => closers.close() };
  } catch (error) {
    await closers.close().catch((closing: unknown) => logger.error({ err: closing }, 'closing after a failed start'));
    throw error;
  }
}

/** What is told of in the log when it goes away and comes back; the bus tells of itself. */
const ENGINES: ReadonlySet<string> = new Set(['event-store', 'key-store', 'read-store', 'search-index']);

interface Built {
  /** Opens the port; answers the URL. */
  listen(): Promise<string>;
  /** See Engine. */
  drain(): void;
}

async function build(config: Config, logger: Logger, closers: Closers): Promise<Built> {
  const pricing = loadPricingPolicy(config.pricingFile);
  const ports = new Map<symbol, unknown>([
    [CONFIG, config],
    [PRICING_POLICY, pricing],
  ]);
  const checks: ReadinessCheck[] = [];
  const registry = new Registry();
  registerBuildInfo(registry, packageVersion());
  const observeDuty = registerLeaseMetrics(registry);
  const tracer = await openTracer(process.env);
  closers.add(() => tracer?.close());
  const log = await openLog(config, 'read-write', observedLog(registry, logger));
  closers.add(() => log.close());
  await checkDerivedData(config, log);
  registerLog(registry, config, log.events);
  ports.set(EVENT_STORE, log.events).set(SEALED_EVENT_STORE, log.sealed).set(KEY_STORE, log.keys);
  checks.push(
    { name: 'event-store', check: () => log.events.ping() },
    { name: 'key-store', check: () => log.keys.ping() },
  );

  const deciding = config.roles.has('write-side') || config.roles.has('sagas');
  const delivery = new WebhookDelivery(config.webhookUrl);
  const decided = deciding
    ? await startDeciding({ config, logger, closers, ports, log, delivery, registry, observeDuty, tracer })
    : null;
  checks.push(...(decided?.checks ?? []));

  const reading = await openReading({ config, events: log.events, logger, observeDuty }, closers);
  registerProjectionMetrics(registry, {
    status: () => reading.progress.status(),
    recordedAfter: (position) => recordedAfter(log.sealed, position),
  });
  registerAttentionGauge(registry, () => countAttention(reading.store));
  ports.set(READ_STORE, reading.store).set(SEARCH_INDEX, reading.search).set(PROJECTION_PROGRESS, reading.progress);
  await decided?.runSagas(reading.store);
  checks.push(...reading.checks, ...(await runRelay({ config, log, logger, registry, observeDuty }, closers)));
  const watch = watchEngines({ checks: checks.filter(({ name }) => ENGINES.has(name)), logger });
  closers.add(() => watch.close());
  const app = await serve({ config, logger, closers, ports, checks, delivery, registry, tracer });
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

function registerLog(registry: Registry, { eventStoreUrl }: Config, events: EventStore): void {
  const head = new KnownHead(() => events.head());
  registerLogMetrics(registry, () => head.latest());
  const files = logFilesOf(eventStoreUrl);
  if (files !== null) registerLogFileMetrics(registry, files);
}

async function recordedAfter(log: EventStore, position: Position | null): Promise<string | null> {
  for await (const { at } of log.readAll({ from: position, limit: 1 })) return at;
  return null;
}

function observedLog(registry: Registry, logger: Logger): LogObserver {
  const countDrop = registerDropMetrics(registry);
  return {
    onCommit: registerAppendMetrics(registry),
    onDropped: (reason) => {
      countDrop();
      logger.warn({ reason }, 'the event store has ended the subscription: it is begun anew');
    },
  };
}

interface Deciding {
  readonly config: Config;
  readonly logger: Logger;
  readonly closers: Closers;
  readonly ports: Map<symbol, unknown>;
  readonly log: Awaited<ReturnType<typeof openLog>>;
  readonly delivery: WebhookDelivery;
  readonly registry: Registry;
  readonly observeDuty: ObserveDuty;
  readonly tracer: Tracer | null;
}

interface Decided {
  /** What tells whether commands are well. */
  readonly checks: readonly ReadinessCheck[];
  /** Where this process has that role; they look into the read models. */
  runSagas(reads: ReadStore): Promise<void>;
}

async function startDeciding(deciding: Deciding): Promise<Decided> {
  const { config, logger, closers, ports, log, delivery, registry, observeDuty, tracer } = deciding;
  const processes = await openProcessStoreAside(config);
  closers.add(() => processes.close());
  const parts: WriteParts = await openWriteParts({ log, processes }, logger, closers);
  const providers = await openPaymentProviders({ config, logger, deliver: delivery.deliver }, closers);
  const carrier = createTableRateCarrier();
  // Of the sagas' commands each dispatch is traced, so that what reaches the provider is too.
  const requested = tracer === null ? parts.executor : new TracedExecutor(parts.executor, tracer);
  ports.set(COMMAND_EXECUTOR, requested).set(EVENT_WATCH, parts.watch).set(KEPT_OUTCOMES, parts.kept);
  ports.set(PAYMENT_PROVIDERS, providers).set(CARRIER, carrier);
  if (config.seedDemo) {
    const seeded = await seedDemoShop(log.events, parts.executor);
    if (seeded > 0) logger.info({ products: seeded }, 'seeded the demo shop');
  }
  return {
    checks: [watchCheck(parts.watch)],
    runSagas: async (reads) => {
      if (!config.roles.has('sagas')) return;
      const { cartAbandonedAfterDays } = config;
      const metrics = registerCommerceMetrics(registry);
      const outside = {
        providers: eachProvider(providers, (provider) => observedProvider(provider, metrics)),
        carrier: observedCarrier(carrier, metrics),
      };
      const { executor } = parts;
      const observed = { logger, tracer, metrics, observeDuty };
      const around = { log, processes, executor, ...outside, ...observed, reads, cartAbandonedAfterDays };
      registerSagaMetrics(registry, await runSagas(around, closers));
    },
  };
}

interface Serving {
  readonly config: Config;
  readonly logger: Logger;
  readonly closers: Closers;
  readonly ports: ReadonlyMap<symbol, unknown>;
  readonly checks: readonly ReadinessCheck[];
  readonly delivery: WebhookDelivery;
  readonly registry: Registry;
  readonly tracer: Tracer | null;
}

/** Routes whose answers go on as long as the client listens. */
const LIVE_ROUTES = ['/v1/inventory/live', '/v1/events'];

async function serve(serving: Serving): Promise<Built> {
  const { config, logger, closers, ports, checks, delivery, registry, tracer } = serving;
  const lifecycle = new Lifecycle();
  const app = await createHttpApp(engineModule({ roles: config.roles, ports, checks, registry, lifecycle }), {
    config,
    logger,
    registry,
    liveRoutes: LIVE_ROUTES,
    lifecycle,
    document: builtDocument(),
    tracer,
  });
  // It gives the requests under way their time.
  closers.addBounded(() => app.close());
  // Before the port is asked for: this takes a moment, in which nobody would be answered.
  await app.init();
  return {
    drain: () => {
      lifecycle.stage = 'draining';
    },
    listen: async () => {
      await listen(app, config);
      const { port } = app.getHttpServer().address() as { port: number };
      const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
      delivery.listensAt(url);
      return url;
    },
  };
}
