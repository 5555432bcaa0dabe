/** The definite answer of the sandbox. */
export type Verdict =
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string; readonly final?: true };

/** How the sandbox treats a means of payment. */
export interface TokenBehaviour {
  /** The definite answer to an authorisation. */
  readonly authorize: Verdict;
  /** The first answer; the definite one follows by webhook, and to calls after it. */
  readonly atFirst?: 'silence' | 'action-required';
  /** How many calls with one key get a server error before the answer. */
  readonly errorsAtFirst?: number;
  /** The answer to a capture; success where it is absent. */
  readonly capture?: Verdict;
  /** Only the first capture is answered so; later ones, under other keys, succeed. */
  readonly recovers?: true;
  /** The answer to a refund; success where it is absent. */
  readonly refund?: Verdict;
}

export const succeeded: Verdict = { outcome: 'succeeded' };
const refused = (code: string, detail: string) => ({ outcome: 'refused', code, detail }) as const;

const declined: TokenBehaviour = { authorize: refused('PAYMENT.DECLINED', 'The payment was declined.') };

const captureRefused = refused('PAYMENT.CAPTURE_REFUSED', 'The provider refused to capture the authorised amount.');

// This is a map because tokens are texts of clients, such as `constructor`.
const behaviours: ReadonlyMap<string, TokenBehaviour> = new Map([
  ['tok_ok', { authorize: succeeded }],
  ['tok_declined', declined],
  [
    'tok_insufficient_funds',
    { authorize: refused('PAYMENT.INSUFFICIENT_FUNDS', 'The means of payment does not cover the amount.') },
  ],
  ['tok_timeout', { authorize: succeeded, atFirst: 'silence' }],
  ['tok_timeout_declined', { ...declined, atFirst: 'silence' }],
  ['tok_action_required', { authorize: succeeded, atFirst: 'action-required' }],
  ['tok_action_declined', { ...declined, atFirst: 'action-required' }],
  ['tok_error', { authorize: succeeded, errorsAtFirst: 2 }],
  ['tok_capture_fails', { authorize: succeeded, capture: captureRefused }],
  // Asked again by itself it would have recovered before a person could see it.
  ['tok_capture_recovers', { authorize: succeeded, capture: { ...captureRefused, final: true }, recovers: true }],
  [
    'tok_refund_fails',
    { authorize: succeeded, refund: refused('PAYMENT.REFUND_REFUSED', 'The provider refused to give the money back.') },
  ],
]);

/** Looks up a token; unknown ones are declined. */
export const behaviourOf = (token: string): TokenBehaviour => behaviours.get(token) ?? declined;
