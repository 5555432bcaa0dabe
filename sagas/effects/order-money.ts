import { giftCardAggregate, type GiftCardCommand } from '../../domain/gift-card/index.js';
import { orderAggregate, type OrderState } from '../../domain/order/index.js';
import { money, type GiftCardShare, type Money } from '../../domain/shared/index.js';
import type { CommandContext, CommandExecutor } from '../../infra/engine/commands/index.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import { accepted, childContext, execute, lastEventOf, refused, type Effect } from './aggregate-targets.js';
import type { CapturePayment, PaymentGatewayCommand, RefundPayment, VoidPayment } from './commands.js';

/** How an order is paid: by gift cards first, in this order, and by its payment for the rest. */
interface OrderMoney {
  readonly orderId: string;
  /** Where the order was sold; absent where it names none. */
  readonly channel?: string;
  readonly cards: readonly GiftCardShare[];
  readonly total: Money;
}

type Gateway = Effect<PaymentGatewayCommand>;

/** A command on the money of an order, on its way to the cards and to the payment. */
interface Sent {
  readonly paymentId: string;
  readonly context: CommandContext;
}

/**
 * Handles the payment commands of sagas for all tenders of an order. A capture takes gift cards first, a refund gives back to the
 * provider first. Every part has an id of its own, so that a command which is sent again moves no money twice.
 */
export function orderMoney(executor: CommandExecutor, gateway: Gateway): Gateway {
  const money = new TenderedMoney(executor, gateway);
  return async (paymentId, command, context) => {
    const sent = { paymentId, context };
    switch (command.type) {
      case 'authorize':
        return gateway(paymentId, command, context);
      case 'capture':
        return money.capture(sent, command);
      case 'void':
        return money.release(sent, command);
      case 'refund':
        return money.refund(sent, command);
      default:
        return command satisfies never;
    }
  };
}

class TenderedMoney {
  constructor(
    private readonly executor: CommandExecutor,
    private readonly gateway: Gateway,
  ) {}

  /** Captures of each card what is due and releases the rest of it, then does the same at the provider. */
  async capture(sent: Sent, command: CapturePayment): Promise<Dispatched> {
    const { paymentId, context } = sent;
    const paid = await this.paid(command.orderId);
    if (paid === null) return this.gateway(paymentId, command, context);
    let left = (command.amount ?? paid.total).amount;
    for (const { giftCardId, amount } of paid.cards) {
      const due = Math.min(left, amount.amount);
      left -= due;
      const refusal = await this.captureCard(sent, paid, { giftCardId, amount: money(due, amount.currency) });
      if (refusal !== null) return refusal;
      if (due < amount.amount) await this.releaseCard(sent, giftCardId, paid.orderId);
    }
    return this.gateway(paymentId, ofPayment(paid, left), context);
  }

  private async captureCard(sent: Sent, { orderId }: OrderMoney, due: GiftCardShare): Promise<Dispatched | null> {
    const { giftCardId, amount } = due;
    if (amount.amount === 0) return null;
    // An order is captured once, however often it is tried.
    const outcome = await this.card(sent, giftCardId, { type: 'capture', orderId, captureId: orderId, amount });
    return outcome.kind === 'refused' ? refused(outcome.refusal) : null;
  }

  async release(sent: Sent, command: VoidPayment): Promise<Dispatched> {
    const paid = await this.paid(command.orderId);
    for (const { giftCardId } of paid?.cards ?? []) await this.releaseCard(sent, giftCardId, command.orderId);
    return this.gateway(sent.paymentId, command, sent.context);
  }

  private async releaseCard(sent: Sent, giftCardId: string, orderId: string): Promise<void> {
    await this.card(sent, giftCardId, { type: 'release', orderId, reason: 'ORDER.CANCELLED' });
  }

  /** Nothing goes to a card before the provider has given back its part: a refund that it refuses has failed as a whole. */
  async refund(sent: Sent, { tenders = [], ...command }: RefundPayment): Promise<Dispatched> {
    const { amount, refundId, orderId = '' } = command;
    const rest = tenders.reduce((left, card) => left - card.amount.amount, amount.amount);
    const part = { ...command, amount: money(rest, amount.currency) };
    const answer = rest > 0 ? await this.gateway(sent.paymentId, part, sent.context) : accepted(null);
    if (answer.reply.outcome !== 'accepted') return answer;
    let { lastEventId } = answer;
    const { channel } = (tenders.length > 0 && (await this.paid(orderId))) || {};
    const place = channel === undefined ? {} : { channel };
    for (const card of tenders) {
      const command = { type: 'refund', orderId, ...place, refundId, amount: card.amount } as const;
      const outcome = await this.card(sent, card.giftCardId, command);
      // The order counts what goes back to each card.
      if (outcome.kind === 'refused') throw new Error(`a refund to a gift card was refused: ${outcome.refusal.code}`);
      lastEventId = lastEventOf(outcome) ?? lastEventId;
    }
    return accepted(lastEventId);
  }

  private card({ context }: Sent, id: string, command: GiftCardCommand) {
    return execute(this.executor, {
      aggregate: giftCardAggregate,
      id,
      command,
      context: childContext(context, `${command.type}-card:${id}`, context.causationId),
      answer: () => null,
    });
  }

  /** Null where the payment is all that the order is paid by. */
  private async paid(orderId: string | undefined): Promise<OrderMoney | null> {
    // How an order is paid stands in its first event; what another process has folded of it does not count.
    return orderId === undefined ? null : paidBy(await this.executor.stateAt(orderAggregate, orderId, 0));
  }
}

function paidBy(state: OrderState): OrderMoney | null {
  if (state.status === 'none') return null;
  const { orderId, channel, tenders: cards = [], totals } = state.order;
  const place = channel === undefined ? {} : { channel };
  return cards.length === 0 ? null : { orderId, ...place, cards, total: totals.total };
}

/** What is to be captured of the payment, where so much is left after the cards; nothing of it is let go. */
function ofPayment({ orderId, cards, total }: OrderMoney, left: number): CapturePayment | VoidPayment {
  const asked = cards.reduce((rest, { amount }) => rest - amount.amount, total.amount);
  if (left === asked) return { type: 'capture' };
  if (left === 0) return { type: 'void', orderId, reason: 'ORDER.CANCELLED' };
  return { type: 'capture', amount: money(left, total.currency) };
}
