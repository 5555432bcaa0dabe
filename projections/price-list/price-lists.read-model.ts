import { priceListDecider, priceListView } from '../../domain/price-list/index.js';
import type { PriceList, PriceListState, PriceListTermsEvent } from '../../domain/price-list/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel } from '../../infra/engine/projections/read-model.js';

type OpenList = Exclude<PriceListState, { readonly status: 'none' }>;

/** Id: the code. What is shown, and the state that it was made of, for the next event. */
export interface PriceListDocument {
  readonly shown: PriceList;
  readonly state: OpenList;
}

type OfList = RecordedEvent<{ readonly code: string }>;

const code = ({ data }: OfList): string => data.code;

/** By the fold that decides about price lists, so that reads and writes know the same of them. */
function after(doc: PriceListDocument | null, event: PriceListTermsEvent, recorded: OfList): PriceListDocument {
  const { initialState, evolve } = priceListDecider;
  const state = evolve(doc?.state ?? initialState(), event);
  const list = existing(state.status === 'none' ? null : state, recorded);
  return { shown: priceListView(list, recorded.revision), state: list };
}

export const priceListsReadModel = readModel<PriceListDocument, PriceListTermsEvent>({
  name: 'price-lists',
  version: 1,
  indexes: [],
  on: {
    'price-list.created.v1': {
      key: code,
      evolve: (doc, event) => after(doc, { type: 'price-list.created.v1', data: event.data }, event),
    },
    'price-list.changed.v1': {
      key: code,
      evolve: (doc, event) => after(doc, { type: 'price-list.changed.v1', data: event.data }, event),
    },
    'price-list.begun.v1': {
      key: code,
      evolve: (doc, event) => after(doc, { type: 'price-list.begun.v1', data: event.data }, event),
    },
    'price-list.ended.v1': {
      key: code,
      evolve: (doc, event) => after(doc, { type: 'price-list.ended.v1', data: event.data }, event),
    },
  },
});
