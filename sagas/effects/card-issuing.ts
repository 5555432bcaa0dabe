import { giftCardAggregate } from '../../domain/gift-card/index.js';
import { cardSeedOf, orderAggregate, type IssuedCard } from '../../domain/order/index.js';
import { isGiftCard, type PricedLine } from '../../domain/shared/index.js';
import type { CommandContext, CommandExecutor } from '../../infra/engine/commands/index.js';
import { giftCardOf } from '../../infra/shared/gift-card-code.js';
import { childContext, execute, toDispatched, type Effect } from './aggregate-targets.js';
import type { IssueCards } from './commands.js';

/** Cards are appended in groups, as each has a stream of its own. */
const AT_ONCE = 50;

export interface CardIssuing {
  readonly executor: CommandExecutor;
  /** The codes of cards follow from it. */
  readonly serverSecret: Buffer;
  readonly now: () => number;
}

type NewCard = IssuedCard & { readonly seed: string };

/**
 * Issues a card for each unit that was bought, then records all of them with the order. The ids follow from the order, its lines and
 * units, so that a command which is sent again after a crash goes on where it was and issues none twice.
 */
export function cardIssuing({ executor, serverSecret, now }: CardIssuing): Effect<IssueCards> {
  async function issue(orderId: string, { giftCardId, seed, amount }: NewCard, context: CommandContext): Promise<void> {
    const issuedAt = new Date(now()).toISOString();
    const outcome = await execute(executor, {
      aggregate: giftCardAggregate,
      id: giftCardId,
      command: { type: 'issue-gift-card', giftCardId, amount, seed, orderId, now: issuedAt },
      context: childContext(context, `issue:${giftCardId}`, context.causationId),
      answer: () => null,
    });
    if (outcome.kind === 'refused') throw new Error(`a card that was paid is not issued: ${outcome.refusal.code}`);
  }

  return async (orderId, _command, context) => {
    // What was bought stands in the order's first event.
    const state = await executor.stateAt(orderAggregate, orderId, 0);
    if (state.status === 'none') throw new Error(`there is no order ${orderId}`);
    const cards = state.order.lines.flatMap((line) => cardsOf(orderId, line, serverSecret));
    for (let from = 0; from < cards.length; from += AT_ONCE) {
      await Promise.all(cards.slice(from, from + AT_ONCE).map((card) => issue(orderId, card, context)));
    }
    const command = { type: 'record-issued-cards', cards: cards.map(recorded) } as const;
    const answer = () => null;
    return toDispatched(await execute(executor, { aggregate: orderAggregate, id: orderId, command, context, answer }));
  };
}

/** A card that costs nothing has nothing on it: it is not issued. */
function cardsOf(orderId: string, line: PricedLine, serverSecret: Buffer): readonly NewCard[] {
  const { lineId, quantity, unitPrice } = line;
  if (!isGiftCard(line) || unitPrice.amount === 0) return [];
  return Array.from({ length: quantity }, (_, index) => {
    const unit = index + 1;
    const seed = cardSeedOf(orderId, { lineId, unit });
    return { giftCardId: giftCardOf(serverSecret, seed).giftCardId, lineId, unit, amount: unitPrice, seed };
  });
}

const recorded = ({ seed: _seed, ...card }: NewCard): IssuedCard => card;
