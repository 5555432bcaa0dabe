import { isInWindow } from '../catalog/index.js';
import type { ListTerms } from '../catalog/index.js';
import { accept, differing, isCountry, problemsOfCodes, refuse, refuseInvalid, withChanges } from '../shared/index.js';
import type { Aggregate, Decider, Decision, JsonObject, Problem, Refused } from '../shared/index.js';
import type { AddProducts, ChangePriceList, CreatePriceList, PassListWindow, PriceListCommand } from './commands.js';
import type { PriceListDetails, PriceListProductsAdded, PriceListTermsEvent } from './events.js';

// What a list says and which products name it have streams of their own, so the context has two aggregates: the second is long.

export interface OpenPriceList extends PriceListDetails {
  readonly status: 'open';
  readonly code: string;
  readonly isInForce: boolean;
  /** Up to when its window has passed; RFC 3339 UTC. */
  readonly at: string;
}
export type PriceListState = { readonly status: 'none' } | OpenPriceList;

const noPriceList = (): PriceListState => ({ status: 'none' });

function evolvePriceList(state: PriceListState, event: PriceListTermsEvent): PriceListState {
  if (event.type === 'price-list.created.v1') return { status: 'open', ...event.data };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'price-list.changed.v1':
      return withChanges(state, event.data);
    case 'price-list.begun.v1':
      return { ...state, isInForce: true, at: event.data.at };
    case 'price-list.ended.v1':
      return { ...state, isInForce: false, at: event.data.at };
    default:
      return event satisfies never;
  }
}

/** What products are told of a list at a revision of its stream; null where there is none. */
export function listTerms(state: PriceListState, revision: number): ListTerms | null {
  if (state.status === 'none') return null;
  const { code, priority, customerGroups, channels, countries, isInForce } = state;
  return {
    code,
    revision,
    priority,
    ...(customerGroups && { customerGroups }),
    ...(channels && { channels }),
    ...(countries && { countries }),
    isInForce,
  };
}

export function createPriceList(command: CreatePriceList, state: PriceListState): Decision<PriceListTermsEvent> {
  const { code, details, now } = command;
  if (state.status === 'open') return refuse('PRICE_LIST.CODE_TAKEN', `There is a price list ${code} already.`);
  const problems = problemsOf(details, command);
  if (problems.length > 0) return invalid(problems);
  const isInForce = isInWindow(details, now);
  return accept({ type: 'price-list.created.v1', data: { code, ...tidied(details), isInForce, at: now } });
}

export function changePriceList(command: ChangePriceList, state: PriceListState): Decision<PriceListTermsEvent> {
  if (state.status === 'none') return notFound();
  const { code, now } = command;
  const changes = differing(tidied(command.changes), state);
  if (Object.keys(changes).length === 0) return accept();
  const after = withChanges(state, changes);
  // Channels that the list has already were there then, and a channel stays.
  const channels = new Set([...command.known.channels, ...(state.channels ?? [])]);
  const problems = problemsOf(after, { known: { channels } });
  if (problems.length > 0) return invalid(problems);
  // What began by an event stays begun, whatever the clock of who asks says.
  const at = now > state.at ? now : state.at;
  return accept({ type: 'price-list.changed.v1', data: { code, ...changes, isInForce: isInWindow(after, at), at } });
}

export function passListWindow({ at }: PassListWindow, state: PriceListState): Decision<PriceListTermsEvent> {
  if (state.status === 'none') return notFound();
  const { code, isInForce } = state;
  if (at <= state.at || isInWindow(state, at) === isInForce) return accept();
  if (isInForce) return accept({ type: 'price-list.ended.v1', data: { code, at } });
  return accept({ type: 'price-list.begun.v1', data: { code, at } });
}

const notFound = (): Refused => refuse('PRICE_LIST.NOT_FOUND', 'There is no such price list.');

const invalid = (problems: readonly Problem[]): Refused =>
  refuseInvalid('PRICE_LIST.INVALID', 'There cannot be such a price list', problems);

function problemsOf(
  { from, to, customerGroups, channels, countries }: PriceListDetails,
  { known }: Pick<CreatePriceList, 'known'>,
): readonly Problem[] {
  const isChannel = { is: (code: string) => known.channels.has(code), message: 'is no channel that there is' };
  const isPlace = { is: isCountry, message: 'must be an ISO 3166-1 alpha-2 country code' };
  return [
    ...(from !== undefined && to !== undefined && to <= from ? [{ path: 'to', message: 'must be after from' }] : []),
    ...problemsOfCodes('customerGroups', customerGroups, { is: () => true, message: '' }),
    ...problemsOfCodes('channels', channels, isChannel),
    ...problemsOfCodes('countries', countries, isPlace),
  ];
}

type Changes = ChangePriceList['changes'];

/** Each group, channel and country once. */
function tidied<Given extends Changes>(given: Given): Given {
  const { customerGroups, channels, countries } = given;
  return {
    ...given,
    ...(customerGroups ? { customerGroups: [...new Set(customerGroups)] } : {}),
    ...(channels ? { channels: [...new Set(channels)] } : {}),
    ...(countries ? { countries: [...new Set(countries)] } : {}),
  };
}

function decidePriceList(command: PriceListCommand, state: PriceListState): Decision<PriceListTermsEvent> {
  switch (command.type) {
    case 'create-price-list':
      return createPriceList(command, state);
    case 'change-price-list':
      return changePriceList(command, state);
    case 'pass-list-window':
      return passListWindow(command, state);
    default:
      return command satisfies never;
  }
}

export const priceListDecider: Decider<PriceListState, PriceListCommand, PriceListTermsEvent> = {
  initialState: noPriceList,
  decide: decidePriceList,
  evolve: evolvePriceList,
};

/** Stream `pricelist-{code}`; a list changes rarely, so no snapshot. */
export const priceListAggregate: Aggregate<PriceListState, PriceListCommand, PriceListTermsEvent> = {
  category: 'pricelist',
  decider: priceListDecider,
};

/** The products of a list in the order in which they were added; they may be a hundred thousand. */
export interface ListedProductsState {
  readonly skus: string[];
  readonly known: Set<string>;
}

const noProducts = (): ListedProductsState => ({ skus: [], known: new Set() });

function evolveProducts(state: ListedProductsState, { data }: PriceListProductsAdded): ListedProductsState {
  for (const sku of data.skus) {
    if (state.known.has(sku)) continue;
    state.known.add(sku);
    state.skus.push(sku);
  }
  return state;
}

export function addProducts(
  { code, skus: given }: AddProducts,
  { known }: ListedProductsState,
): Decision<PriceListProductsAdded> {
  const skus = [...new Set(given)].filter((sku) => !known.has(sku));
  return skus.length === 0 ? accept() : accept({ type: 'price-list-products.added.v1', data: { code, skus } });
}

/** So many are told of a change at a time. */
export const PRODUCTS_A_PAGE = 500;

/** A page of products, beginning with the one at this place. */
export const productsFrom = ({ skus }: ListedProductsState, from: number): readonly string[] =>
  skus.slice(from, from + PRODUCTS_A_PAGE);

export const listedProductsDecider: Decider<ListedProductsState, AddProducts, PriceListProductsAdded> = {
  initialState: noProducts,
  decide: addProducts,
  evolve: evolveProducts,
};

/** Stream `pricelistproducts-{code}`. */
export const listedProductsAggregate: Aggregate<ListedProductsState, AddProducts, PriceListProductsAdded> = {
  category: 'pricelistproducts',
  decider: listedProductsDecider,
  snapshot: {
    version: 1,
    write: ({ skus }): JsonObject => ({ skus: [...skus] }),
    read: (json) => {
      const { skus } = json as { readonly skus: readonly string[] };
      return { skus: [...skus], known: new Set(skus) };
    },
  },
};
