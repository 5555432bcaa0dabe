import { windowsAfter } from '../../domain/catalog/index.js';
import type { VariantPricesChanged } from '../../domain/catalog/index.js';
import { anySaga, type SagaReply, type SagaTimeout } from '../../infra/engine/sagas/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface PriceWindowState {
  readonly sku: string;
  /** Up to when windows have begun and ended; RFC 3339 UTC. */
  readonly at: string;
  /** When windows begin and end after that, in order. */
  readonly due: readonly string[];
}

type Step = SagaStep<PriceWindowState>;

const TIMER = 'window';
const PASS = 'pass-window:';

const passWindow = (sku: string, at: string): SagaCommand => ({
  key: `${PASS}${at}`,
  target: 'variant',
  id: sku,
  command: { type: 'pass-window', at },
});

/** Waits for the next window: those that were slept through come one after the other, each at its own time. */
const waiting = (state: PriceWindowState): Step => ({ state, timers: [{ key: TIMER, due: state.due[0] ?? null }] });

function onPrices(state: PriceWindowState, { sku, prices, inForce }: VariantPricesChanged['data']): Step {
  const at = inForce?.at ?? state.at;
  const due = windowsAfter(prices, at);
  if (due.join() === state.due.join()) return { state };
  return waiting({ sku, at, due });
}

function onTimeout(state: PriceWindowState, { key }: SagaTimeout): Step {
  const [at] = state.due;
  return key === TIMER && at !== undefined ? { state, commands: [passWindow(state.sku, at)] } : { state };
}

function onReply(state: PriceWindowState, { key }: SagaReply): Step {
  const at = key.startsWith(PASS) ? key.slice(PASS.length) : '';
  if (at <= state.at) return { state };
  return waiting({ ...state, at, due: state.due.filter((time) => time > at) });
}

/** Has prices begin and end at their times. Id: the SKU. It never ends, as other prices may come at any time. */
export const priceWindowSaga = anySaga<PriceWindowState, VariantPricesChanged>({
  name: 'price-window',
  initialState: () => ({ sku: '', at: '', due: [] }),
  on: {
    'variant.prices-changed.v1': {
      id: ({ sku }) => sku,
      begins: ({ inForce }) => inForce !== undefined,
      react: (state, { data }) => onPrices(state, data),
    },
  },
  onReply,
  onTimeout,
});
