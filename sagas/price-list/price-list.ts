import { windowsAfter } from '../../domain/catalog/index.js';
import { PRODUCTS_A_PAGE } from '../../domain/price-list/index.js';
import type { PriceListChanged, PriceListCreated, PriceListTermsEvent } from '../../domain/price-list/index.js';
import { anySaga, type SagaReply, type SagaTimeout } from '../../infra/engine/sagas/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface PriceListState {
  readonly code: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly isInForce: boolean;
  /** Up to when its window has passed; RFC 3339 UTC. */
  readonly at: string;
  /** Which of its products are being told, by the place of the first; null while none are. */
  readonly telling: number | null;
}

type Step = SagaStep<PriceListState>;

const TIMER = 'window';
const PASS = 'pass-window:';
const TELL = 'tell-products:';

const passWindow = (code: string, at: string): SagaCommand => ({
  key: `${PASS}${at}`,
  target: 'price-list',
  id: code,
  command: { type: 'pass-list-window', at },
});

const tellProducts = (code: string, from: number): SagaCommand => ({
  key: `${TELL}${from}`,
  target: 'price-list-following',
  id: code,
  command: { type: 'tell-products', from },
});

function nextWindow({ from, to, at }: PriceListState): string | null {
  const window = { ...(from !== null && { from }), ...(to !== null && { to }) };
  return windowsAfter([window], at)[0] ?? null;
}

/** Waits for the next time at which it begins or ends: what was slept through comes in order, each at its own time. */
const waiting = (state: PriceListState): Step => ({ state, timers: [{ key: TIMER, due: nextWindow(state) }] });

/** Begins with the first products, also where a change before is still being told: each page is told the terms of then. */
const telling = (step: Step): Step => ({
  ...step,
  state: { ...step.state, telling: 0 },
  commands: [tellProducts(step.state.code, 0)],
});

function onCreated(state: PriceListState, { code, from, to, isInForce, at }: PriceListCreated['data']): Step {
  return waiting({ ...state, code, from: from ?? null, to: to ?? null, isInForce, at });
}

/** A name is for people: no product need hear of it. */
function onChanged(state: PriceListState, changed: PriceListChanged['data']): Step {
  const { code: _code, name: _name, at, isInForce, ...terms } = changed;
  const { from = state.from, to = state.to } = terms;
  const step = waiting({ ...state, from, to, isInForce, at });
  return Object.keys(terms).length > 0 || isInForce !== state.isInForce ? telling(step) : step;
}

function onTimeout(state: PriceListState, { key }: SagaTimeout): Step {
  const at = nextWindow(state);
  return key === TIMER && at !== null ? { state, commands: [passWindow(state.code, at)] } : { state };
}

function onReply(state: PriceListState, { key, reply }: SagaReply): Step {
  if (key.startsWith(PASS)) return onPassed(state, key.slice(PASS.length));
  if (state.telling === null || key !== `${TELL}${state.telling}`) return { state };
  if (reply.outcome === 'refused') return { state: { ...state, telling: null } };
  const next = state.telling + PRODUCTS_A_PAGE;
  return { state: { ...state, telling: next }, commands: [tellProducts(state.code, next)] };
}

const onPassed = (state: PriceListState, at: string): Step => (at > state.at ? waiting({ ...state, at }) : { state });

const code = (data: { readonly code: string }): string => data.code;

/**
 * Has a price list begin and end at its times, and tells its products page by page what has changed of it, as read models of a product
 * read no other stream. Id: the list's code.
 */
export const priceListSaga = anySaga<PriceListState, PriceListTermsEvent>({
  name: 'price-list',
  initialState: () => ({ code: '', from: null, to: null, isInForce: false, at: '', telling: null }),
  on: {
    'price-list.created.v1': { id: code, begins: () => true, react: (state, { data }) => onCreated(state, data) },
    'price-list.changed.v1': { id: code, react: (state, { data }) => onChanged(state, data) },
    'price-list.begun.v1': { id: code, react: (state) => telling({ state: { ...state, isInForce: true } }) },
    'price-list.ended.v1': { id: code, react: (state) => telling({ state: { ...state, isInForce: false } }) },
  },
  onReply,
  onTimeout,
});
