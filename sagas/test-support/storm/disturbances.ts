import type { Carrier } from '../../../infra/carrier/index.js';
import { UnknownOutcomeError, type EventStore } from '../../../infra/event-store/index.js';
import { StoreUnavailableError } from '../../../infra/shared/store-errors.js';
import type { Dispatched } from '../../../infra/engine/sagas/index.js';
import type { Dispatch } from '../../saga.js';
import type { Chance } from './chance.js';

type AWhile = (about: string) => Promise<void>;

const refusal = (code: string): Dispatched => ({
  reply: { outcome: 'refused', refusal: { code, detail: 'No.' } },
  lastEventId: null,
});

/** Between a runner and its dispatcher: commands come late, twice or not at all, and so do their answers. */
export const disturbed =
  (chance: Chance, aWhile: AWhile, contradicts: boolean) =>
  (dispatch: Dispatch): Dispatch =>
  async (sent, context) => {
    const about = `${sent.key} ${sent.id}`;
    if (chance.befalls('a command comes late', about, 0.15)) await aWhile(about);
    if (chance.befalls('a command is lost', about, 0.1)) throw new Error('the command was lost');
    if (contradicts) {
      const denied = await contradicted(chance, sent, () => dispatch(sent, context));
      if (denied !== null) return denied;
    }
    // A unit of work has each command once.
    const isTwice = context.unit === undefined && chance.befalls('a command comes twice', about, 0.15);
    const again = isTwice ? dispatch(sent, context).catch(() => undefined) : null;
    const answer = await dispatch(sent, context);
    await again;
    if (chance.befalls('an answer comes late', about, 0.15)) await aWhile(about);
    if (chance.befalls('an answer is lost', about, 0.1)) throw new Error('the answer was lost');
    return answer;
  };

/** One of two runners hears the opposite of what is so; null where it hears that. */
async function contradicted(
  chance: Chance,
  { key, id }: Parameters<Dispatch>[0],
  really: () => Promise<Dispatched>,
): Promise<Dispatched | null> {
  if (key.startsWith('reserve:') && chance.befalls('a runner is told that there is no stock', `${key} ${id}`, 0.2)) {
    await really();
    return refusal('INVENTORY.INSUFFICIENT_STOCK_ELSEWHERE');
  }
  if (key === 'authorize' && chance.befalls('a runner is told that there is no money', id, 0.2))
    return refusal('PAYMENT.DECLINED');
  return null;
}

/** A store whose appends are refused for a while, or whose answers are lost. */
export function unreliable(store: EventStore, chance: Chance, about: string): EventStore {
  const through = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (chance.befalls('the store is full', about, 0.03)) throw new StoreUnavailableError('the disk is full');
    if (chance.befalls('an append is lost', about, 0.04)) throw new UnknownOutcomeError('the request was lost');
    const result = await work();
    if (chance.befalls('an append is not answered', about, 0.06)) throw new UnknownOutcomeError('the answer was lost');
    return result;
  };
  return {
    ...store,
    append: (stream, events, expected) => through(() => store.append(stream, events, expected)),
    appendAll: (batches) => through(() => store.appendAll(batches)),
  };
}

/** Parcels are booked late, or the carrier says nothing though it booked them. */
export const stormCarrier = (chance: Chance): Carrier => ({
  book: async ({ shipmentId }) => {
    if (chance.befalls('the carrier is silent', shipmentId, 0.3)) throw new Error('the carrier said nothing');
    return { carrier: 'Post', trackingNumber: `T-${shipmentId}` };
  },
});
