import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES } from '../../../write-side/shared/index.js';
import type { WriteSidePorts } from '../../../write-side/write-side.module.js';
import { createTableRateCarrier } from '../../carrier/table-rate/table-rate-carrier.js';
import type { PricingPolicy } from '../../../domain/pricing/index.js';
import type { CONFIG, Config } from '../../config/index.js';
import { sagas } from '../../../sagas/index.js';
import { createSagaStandings, SAGA_STANDINGS } from '../../engine/sagas/index.js';
import { TracedExecutor } from '../../engine/commands/index.js';
import type { EVENT_STORE } from '../../event-store/index.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';
import { KEY_STORE } from '../../key-store/index.js';
import { eachProvider, PAYMENT_PROVIDERS } from '../../payment-provider/index.js';
import type { Tracer } from '../../telemetry/index.js';
import { registerCommerceMetrics, registerSagaMetrics, type ObserveLeader } from '../../telemetry/metrics/index.js';
import type { Closers } from '../boot/closers.js';
import { seedDemoShop } from '../demo/seed-demo-shop.js';
import { observedCarrier, observedProvider } from '../sagas/observed-parts.js';
import { runSagas } from '../sagas/run-sagas.js';
import { openProcessStoreAside, type Log } from '../stores/stores.js';
import { putPricingFile } from './pricing-policy.js';
import { openPaymentProviders } from './payment-providers.js';
import type { WebhookDelivery } from './webhook-delivery.js';
import { openWriteParts, watchCheck } from './write-parts.js';

export interface WritingOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly log: Log;
  /** Of the file that the configuration names; null where it names none. */
  readonly pricing: PricingPolicy | null;
  readonly delivery: WebhookDelivery;
  readonly registry: Registry;
  readonly observeLeader: ObserveLeader;
  readonly tracer: Tracer | null;
}

/** The parts that decide commands, for the command API and the sagas of this process. */
export interface Writing {
  /** The ports that only the command API needs. */
  readonly ports: Omit<WriteSidePorts, typeof CONFIG | typeof EVENT_STORE>;
  /** The readiness checks of commands. */
  readonly checks: readonly ReadinessCheck[];
  /** Runs the sagas where this process has their role. */
  runSagas(): Promise<void>;
}

/** Opens the parts that decide commands; sagas run once they are started. */
export async function openWriting(options: WritingOptions, closers: Closers): Promise<Writing> {
  const { config, logger, log, pricing, delivery, registry, observeLeader, tracer } = options;
  const processes = await openProcessStoreAside(config);
  closers.add(() => processes.close());
  const parts = await openWriteParts({ log, processes }, logger, closers);
  const providers = await openPaymentProviders({ config, logger, deliver: delivery.deliver }, closers);
  const carrier = createTableRateCarrier();
  // Each dispatch of a saga's command is traced, and so are the calls of the provider.
  const requested = tracer === null ? parts.executor : new TracedExecutor(parts.executor, tracer);
  if (config.seedDemo) {
    const seeded = await seedDemoShop(log.events, parts.executor);
    if (seeded > 0) logger.info({ products: seeded }, 'seeded the demo shop');
  }
  if (pricing !== null && config.roles.has('write-side')) {
    const isNew = await putPricingFile(parts.executor, pricing);
    if (isNew) logger.info({ policy: pricing.name }, 'put the pricing policy of the file in force');
  }
  return {
    ports: {
      [KEY_STORE]: log.keys,
      [PAYMENT_PROVIDERS]: providers,
      [COMMAND_EXECUTOR]: requested,
      [EVENT_WATCH]: parts.watch,
      [KEPT_OUTCOMES]: parts.kept,
      [SAGA_STANDINGS]: createSagaStandings(sagas, log.sealed),
    },
    checks: [watchCheck(parts.watch)],
    runSagas: async () => {
      if (!config.roles.has('sagas')) return;
      const { cartAbandonedAfterDays, serverSecret } = config;
      const metrics = registerCommerceMetrics(registry);
      const outside = {
        providers: eachProvider(providers, (provider) => observedProvider(provider, metrics)),
        carrier: observedCarrier(carrier, metrics),
      };
      const { executor, units } = parts;
      const observed = { logger, tracer, metrics, observeLeader };
      const settings = { serverSecret, cartAbandonedAfterDays };
      const around = { log, processes, executor, units, ...outside, ...observed, ...settings };
      registerSagaMetrics(registry, await runSagas(around, closers));
    },
  };
}
