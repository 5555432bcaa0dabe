import { asksForFirstOrder } from '../pricing/index.js';
import type { PromotionTerms } from '../pricing/index.js';
import { evolveUses, noUses, usesFromJson, usesToJson } from '../shared/index.js';
import type { JsonObject, UseLedger } from '../shared/index.js';
import type { PromotionRegisterCommand } from './commands.js';
import type {
  PromotionDetails,
  PromotionLimits,
  PromotionRegisterEvent,
  PromotionStreamEvent,
  PromotionUseEvent,
} from './events.js';

// A promotion and the register of those in force have streams of their own, so the context has two aggregates.

interface PromotionBase {
  readonly promotionId: string;
  readonly details: PromotionDetails;
  /** How often it was changed or its status was: tells apart what the register was told of it. */
  readonly edition: number;
  readonly uses: UseLedger;
  /** No further order may use it: it is out of force until there is a use again. */
  readonly isUsedUp: boolean;
}
export type KnownPromotion = PromotionBase &
  (
    | { readonly status: 'draft' | 'paused' | 'ended' }
    /** `inForce` from its beginning on. */
    | { readonly status: 'active'; readonly inForce: boolean }
  );
export type PromotionState = { readonly status: 'none' } | KnownPromotion;

const noPromotion = (): PromotionState => ({ status: 'none' });

/** Uses are counted in place, the rest of the state is made anew. */
function evolvePromotion(state: PromotionState, event: PromotionStreamEvent): PromotionState {
  if (event.type === 'promotion.created.v1') {
    const { promotionId, ...details } = event.data;
    return { status: 'draft', promotionId, details, edition: 1, uses: noUses(), isUsedUp: false };
  }
  if (state.status === 'none') return state;
  const { promotionId, details, edition, uses, isUsedUp } = state;
  const next = { promotionId, details, edition: edition + 1, uses, isUsedUp };
  switch (event.type) {
    case 'promotion.changed.v1':
      return changedPromotion(state, event.data);
    case 'promotion.activated.v1':
      return { ...next, status: 'active', inForce: false };
    case 'promotion.begun.v1':
      return { ...next, status: 'active', inForce: true };
    case 'promotion.paused.v1':
      return { ...next, status: 'paused' };
    case 'promotion.ended.v1':
      return { ...next, status: 'ended' };
    case 'promotion.used-up.v1':
      return { ...state, edition: edition + 1, isUsedUp: true };
    case 'promotion.usable-again.v1':
      return { ...state, edition: edition + 1, isUsedUp: false };
    default:
      countUse(uses, event);
      return state;
  }
}

function changedPromotion(
  promotion: KnownPromotion,
  { promotionId, ...details }: PromotionDetails & { readonly promotionId: string },
): KnownPromotion {
  const { status, edition, uses, isUsedUp } = promotion;
  const next = { promotionId, details, edition: edition + 1, uses, isUsedUp };
  if (status !== 'active') return { ...next, status };
  return { ...next, status, inForce: promotion.inForce && details.from === promotion.details.from };
}

function countUse(uses: UseLedger, event: PromotionUseEvent): void {
  switch (event.type) {
    case 'promotion.use-reserved.v1':
      evolveUses(uses, { kind: 'reserved', ...event.data });
      return;
    case 'promotion.use-committed.v1':
      evolveUses(uses, { kind: 'committed', ...event.data });
      return;
    case 'promotion.use-released.v1':
      evolveUses(uses, { kind: 'released', ...event.data });
      return;
    case 'promotion.use-closed.v1':
      evolveUses(uses, { kind: 'closed', ...event.data });
      return;
    case 'promotion.use-returned.v1':
      evolveUses(uses, { kind: 'returned', ...event.data });
      return;
    default:
      event satisfies never;
  }
}

/** What a promotion does and for whom, without window and limits. */
export function termsOf({ promotionId, details }: Pick<KnownPromotion, 'promotionId' | 'details'>): PromotionTerms {
  const { description: _description, from: _from, to: _to, limits: _limits, ...terms } = details;
  return { promotionId, ...terms };
}

/**
 * How often a promotion is given. One that asks for a first order is given a customer once: a use is reserved like stock, so that of
 * orders which are checked out at the same time, each as the first one, only one has it.
 */
export function limitsOf({ when, limits = {} }: PromotionDetails): PromotionLimits {
  return asksForFirstOrder(when) ? { ...limits, usesPerCustomer: 1 } : limits;
}

/** What the register is to be told of a promotion. */
export function registerCommandOf(promotion: KnownPromotion): PromotionRegisterCommand {
  const { promotionId, edition, details, isUsedUp } = promotion;
  if (promotion.status !== 'active' || !promotion.inForce || isUsedUp)
    return { type: 'leave-promotion', promotionId, edition };
  const limits = limitsOf(details);
  const terms = termsOf(promotion);
  const isLimited = Object.keys(limits).length > 0;
  return { type: 'enter-promotion', promotionId, edition, terms, ...(isLimited ? { limits } : {}) };
}

export interface PromotionInForce {
  readonly edition: number;
  readonly terms: PromotionTerms;
  readonly limits?: PromotionLimits;
}

/** The promotions that buyers get now, drafted by whoever; those that need a coupon too. */
export interface PromotionRegisterState {
  /** By promotionId. */
  readonly inForce: Map<string, PromotionInForce>;
  /** Editions in which promotions left, the latest last, so that what was sent earlier and comes later puts none back in. */
  readonly left: Map<string, number>;
}

/** What was sent before so many others left has come long ago. */
const LEFT_KEPT = 1_000;

const noPromotions = (): PromotionRegisterState => ({ inForce: new Map(), left: new Map() });

/** Changes the state in place. */
function evolveRegister(state: PromotionRegisterState, { type, data }: PromotionRegisterEvent): PromotionRegisterState {
  const { inForce, left } = state;
  const { promotionId } = data;
  left.delete(promotionId);
  switch (type) {
    case 'promotion-register.entered.v1': {
      const { promotionId: _id, ...promotion } = data;
      inForce.set(promotionId, promotion);
      return state;
    }
    case 'promotion-register.left.v1': {
      inForce.delete(promotionId);
      left.set(promotionId, data.edition);
      const [earliest] = left.keys();
      if (left.size > LEFT_KEPT && earliest !== undefined) left.delete(earliest);
      return state;
    }
    default:
      return type satisfies never;
  }
}

/** A promotion as JSON, for one with limits has an event or two an order. */
export const promotionSnapshot = {
  version: 1,
  write: (state: PromotionState): JsonObject =>
    (state.status === 'none' ? state : { ...state, uses: usesToJson(state.uses) }) as unknown as JsonObject,
  read: (json: JsonObject): PromotionState =>
    (json['status'] === 'none'
      ? json
      : { ...json, uses: usesFromJson(json['uses'] as JsonObject) }) as unknown as PromotionState,
};

export const promotionStates = { initialState: noPromotion, evolve: evolvePromotion };
export const registerStates = { initialState: noPromotions, evolve: evolveRegister };

type Snapshot = {
  readonly inForce: readonly (PromotionInForce & { readonly promotionId: string })[];
  readonly left: readonly (readonly [promotionId: string, edition: number])[];
};

/** The register as JSON; reading it back gives a state of its own that equals the folded one. */
export const registerSnapshot = {
  version: 1,
  write: ({ inForce, left }: PromotionRegisterState): JsonObject => {
    const snapshot: Snapshot = {
      inForce: Array.from(inForce, ([promotionId, promotion]) => ({ promotionId, ...promotion })),
      left: [...left],
    };
    return snapshot as unknown as JsonObject;
  },
  read: (json: JsonObject): PromotionRegisterState => {
    const { inForce, left } = json as unknown as Snapshot;
    return {
      inForce: new Map(inForce.map(({ promotionId, ...promotion }) => [promotionId, promotion])),
      left: new Map(left),
    };
  },
};
