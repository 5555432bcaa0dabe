import type { Money } from '../../../domain/shared/index.js';
import type {
  AuthorizationOutcome,
  PaymentProvider,
  PaymentRequest,
  ProviderOutcome,
  RefundRequest,
} from '../../../infra/payment-provider/index.js';
import type { Chance } from './chance.js';

const SILENCE = { outcome: 'unknown', detail: 'no answer' } as const;
const no = (code: string) => ({ outcome: 'refused', code, detail: 'The provider said no.' }) as const;
const yes = (reference: string) => ({ outcome: 'succeeded', reference }) as const;

/** What the provider itself knows of a payment. */
interface Account {
  readonly paymentId: string;
  /** Held under one key, whatever has become of it. */
  authorized: number;
  captured: number;
  refunded: number;
  isLetGo: boolean;
  /** What it says when it is asked for the money. */
  says: 'nothing yet' | 'yes' | 'no' | 'the buyer decides';
  readonly keys: Set<string>;
}

/** A provider that is slow, silent, says no first and yes afterwards, and keeps its own books: each key moves money once. */
export class StormProvider implements PaymentProvider {
  readonly name = 'sandbox';
  readonly capabilities = { partialCapture: true, multipleCaptures: false, void: true, refund: true };
  private readonly accounts = new Map<string, Account>();
  private readonly answers = new Map<string, ProviderOutcome>();

  constructor(
    private readonly chance: Chance,
    /** Resolves after a while of the storm. */
    private readonly aWhile: (about: string) => Promise<void>,
  ) {}

  authorize(request: PaymentRequest): Promise<AuthorizationOutcome> {
    return this.through('authorize', request, () => this.decide(request));
  }

  capture(request: PaymentRequest): Promise<ProviderOutcome> {
    return this.through('capture', request, () =>
      this.once(request, (account) => {
        const isHeld = account.says === 'yes' && !account.isLetGo && account.captured === 0;
        if (!isHeld || request.amount.amount > account.authorized) return no('PAYMENT.NOT_HELD');
        // Also when the storm is over: what it comes to takes long.
        if (this.chance.below(4, `capture ${request.paymentId}`) === 0) {
          this.chance.note('a capture is refused');
          return no('PAYMENT.CAPTURE_REFUSED');
        }
        account.captured = request.amount.amount;
        return yes(`capture-${request.idempotencyKey}`);
      }),
    );
  }

  void(request: PaymentRequest): Promise<ProviderOutcome> {
    return this.through('void', request, () =>
      this.once(request, (account) => {
        if (account.captured > 0) return no('PAYMENT.ALREADY_CAPTURED');
        account.isLetGo = true;
        return yes(`void-${request.idempotencyKey}`);
      }),
    );
  }

  refund(request: RefundRequest): Promise<ProviderOutcome> {
    return this.through('refund', request, () =>
      this.once(request, (account) => {
        if (account.refunded + request.amount.amount > account.captured) return no('PAYMENT.NOT_CAPTURED');
        account.refunded += request.amount.amount;
        return yes(`refund-${request.refundId}`);
      }),
    );
  }

  async factIn(): Promise<null> {
    return null;
  }

  /** What it tells of a payment without being asked; null as long as there is nothing to tell. */
  notice(paymentId: string): 'authorized' | 'declined' | null {
    const account = this.accounts.get(paymentId);
    if (account === undefined || account.says === 'nothing yet') return null;
    if (account.says === 'the buyer decides') this.settle(account, this.chance.below(3, `buyer ${paymentId}`) > 0);
    // It thinks better of a no, once.
    else if (account.says === 'no' && this.chance.befalls('a no becomes a yes', paymentId, 0.3))
      this.settle(account, true);
    return account.says === 'yes' ? 'authorized' : 'declined';
  }

  /** Money as the provider has it; null where it never heard of the payment. */
  balances(paymentId: string): { readonly held: number; readonly captured: number; readonly refunded: number } | null {
    const account = this.accounts.get(paymentId);
    if (account === undefined) return null;
    const { says, isLetGo, authorized, captured, refunded } = account;
    const isHeld = says === 'yes' && !isLetGo && captured === 0;
    return { held: isHeld ? authorized : 0, captured, refunded };
  }

  /** Keys that the provider was asked for money with; more than one could hold it twice. */
  keysOf(paymentId: string): number {
    return this.accounts.get(paymentId)?.keys.size ?? 0;
  }

  private decide({ paymentId, idempotencyKey, amount }: PaymentRequest): AuthorizationOutcome {
    const account = this.accountOf(paymentId);
    account.keys.add(idempotencyKey);
    if (account.isLetGo) return no('PAYMENT.VOIDED');
    if (account.says === 'nothing yet') this.choose(account, amount);
    if (account.says === 'no') return no('PAYMENT.DECLINED');
    const reference = `authorization-${idempotencyKey}`;
    if (account.says === 'yes') return { ...yes(reference), amount: { ...amount, amount: account.authorized } };
    if (this.chance.over) return no('PAYMENT.ABANDONED');
    return { outcome: 'action-required', reference, action: { type: 'redirect', url: 'https://bank.example' } };
  }

  private choose(account: Account, amount: Money): void {
    const { paymentId } = account;
    account.authorized = amount.amount;
    if (this.chance.befalls('too little is held', paymentId, 0.15)) account.authorized = amount.amount - 1;
    if (this.chance.befalls('the buyer has to confirm', paymentId, 0.15)) account.says = 'the buyer decides';
    else this.settle(account, !this.chance.befalls('the money is refused', paymentId, 0.25));
  }

  private settle(account: Account, isYes: boolean): void {
    account.says = isYes ? 'yes' : 'no';
  }

  /** The same key gets the same answer. */
  private once(request: PaymentRequest, move: (account: Account) => ProviderOutcome): ProviderOutcome {
    const known = this.answers.get(request.idempotencyKey);
    if (known !== undefined) return known;
    const answer = move(this.accountOf(request.paymentId));
    this.answers.set(request.idempotencyKey, answer);
    return answer;
  }

  /** The way there and back: what was asked may be lost, and so may the answer; either may take long. */
  private async through<Outcome>(
    operation: string,
    { paymentId }: PaymentRequest,
    work: () => Outcome,
  ): Promise<Outcome | typeof SILENCE> {
    const about = `${operation} ${paymentId}`;
    if (this.chance.befalls('the provider does not hear', about, 0.12)) return SILENCE;
    if (this.chance.befalls('the provider hears late', about, 0.12)) await this.aWhile(about);
    const outcome = work();
    if (this.chance.befalls('the provider answers late', about, 0.12)) await this.aWhile(about);
    return this.chance.befalls('the provider is not heard', about, 0.12) ? SILENCE : outcome;
  }

  private accountOf(paymentId: string): Account {
    const known = this.accounts.get(paymentId);
    if (known !== undefined) return known;
    const money = { authorized: 0, captured: 0, refunded: 0 };
    const account: Account = { paymentId, ...money, isLetGo: false, says: 'nothing yet', keys: new Set() };
    this.accounts.set(paymentId, account);
    return account;
  }
}
