import type { Logger } from 'pino';
import { createDispatcher, createSagaRunner, sagas, systemClock } from '../../sagas/index.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import type { Carrier } from '../carrier/index.js';
import type { EventStore } from '../event-store/index.js';
import type { PaymentProvider } from '../payment-provider/index.js';
import type { ReadStore } from '../read-store/index.js';
import type { Closers } from './closers.js';

export interface SagaSurroundings {
  readonly events: EventStore;
  readonly processes: ReadStore;
  readonly executor: CommandExecutor;
  readonly provider: PaymentProvider;
  readonly carrier: Carrier;
  readonly logger: Logger;
}

/** Runs every saga until the engine closes. */
export async function runSagas(surroundings: SagaSurroundings, closers: Closers): Promise<void> {
  const { events: eventStore, processes: readStore, executor, provider, carrier, logger } = surroundings;
  const dispatch = createDispatcher({ executor, eventStore, provider, carrier });
  const runner = createSagaRunner({ eventStore, readStore, sagas, dispatch, clock: systemClock, logger });
  closers.add(() => runner.close());
  await runner.start();
}
