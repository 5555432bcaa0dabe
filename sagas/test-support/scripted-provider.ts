import type {
  AuthorizationOutcome,
  PaymentProvider,
  PaymentRequest,
  ProviderOutcome,
} from '../../infra/payment-provider/index.js';

const SILENCE = { outcome: 'unknown', detail: 'no answer' } as const;
const no = (code: string) => ({ outcome: 'refused', code, detail: 'The provider said no.' }) as const;

type Operation = 'authorize' | 'capture' | 'void' | 'refund';

/**
 * A provider that answers by token (`tok_ok`, `tok_declined`, `tok_silent`, `tok_slow`: silent twice, `tok_no_capture`,
 * `tok_no_refund`) and remembers which money it moved: each key once. What was refused once is refused for good: only a
 * new key gets another answer after `relents`.
 */
export class ScriptedProvider implements PaymentProvider {
  constructor(readonly name = 'scripted') {}

  readonly capabilities = { partialCapture: true, multipleCaptures: false, void: true, refund: true };
  /** `operation paymentId`, one for each key that was answered with yes. */
  readonly moved: string[] = [];
  readonly calls: string[] = [];
  readonly requests: PaymentRequest[] = [];
  /** What it says to an authorisation, whatever the token. */
  says: AuthorizationOutcome | null = null;
  /** The provider changes its mind about what it refuses to capture and to refund. */
  relents = false;
  /** Until when it says that it holds money. */
  holdsUntil: string | null = null;
  private readonly keys = new Map<string, number>();

  authorize(payment: PaymentRequest): Promise<AuthorizationOutcome> {
    const times = this.note('authorize', payment);
    if (this.says !== null) return Promise.resolve(this.says);
    if (payment.token === 'tok_declined') return Promise.resolve(no('PAYMENT.DECLINED'));
    if (payment.token === 'tok_silent' || (payment.token === 'tok_slow' && times < 3)) return Promise.resolve(SILENCE);
    const yes = this.move('authorize', payment);
    return Promise.resolve(this.holdsUntil === null ? yes : { ...yes, expiresAt: this.holdsUntil });
  }

  capture(payment: PaymentRequest): Promise<ProviderOutcome> {
    this.note('capture', payment);
    if (this.refuses(payment, 'tok_no_capture')) return Promise.resolve(no('PAYMENT.CAPTURE_REFUSED'));
    return Promise.resolve(this.move('capture', payment));
  }

  void(payment: PaymentRequest): Promise<ProviderOutcome> {
    this.note('void', payment);
    return Promise.resolve(this.move('void', payment));
  }

  refund(payment: PaymentRequest): Promise<ProviderOutcome> {
    this.note('refund', payment);
    if (this.refuses(payment, 'tok_no_refund')) return Promise.resolve(no('PAYMENT.REFUND_REFUSED'));
    return Promise.resolve(this.move('refund', payment));
  }

  async factIn(): Promise<null> {
    return null;
  }

  movedFor(paymentId: string): readonly string[] {
    return this.moved.filter((entry) => entry.endsWith(paymentId)).map((entry) => entry.split(' ')[0] ?? '');
  }

  private note(operation: Operation, request: PaymentRequest): number {
    const { paymentId, idempotencyKey } = request;
    this.requests.push(request);
    this.calls.push(`${operation} ${paymentId}`);
    const key = `${operation} ${idempotencyKey}`;
    const times = (this.keys.get(key) ?? 0) + 1;
    this.keys.set(key, times);
    return times;
  }

  private readonly refused = new Set<string>();

  private refuses({ token, idempotencyKey }: PaymentRequest, refusedToken: string): boolean {
    if (token !== refusedToken || (this.relents && !this.refused.has(idempotencyKey))) return false;
    this.refused.add(idempotencyKey);
    return true;
  }

  private readonly done = new Set<string>();

  private move(operation: Operation, { paymentId, idempotencyKey }: PaymentRequest) {
    if (!this.done.has(idempotencyKey)) this.moved.push(`${operation} ${paymentId}`);
    this.done.add(idempotencyKey);
    return { outcome: 'succeeded', reference: `${operation}:${idempotencyKey}` } as const;
  }
}
