/** What the sandbox decides in the end. */
export type Verdict =
  { readonly outcome: 'succeeded' } | { readonly outcome: 'refused'; readonly code: string; readonly detail: string };

/** How the sandbox treats a means of payment. */
export interface TokenBehaviour {
  /** What an authorisation comes to in the end. */
  readonly authorize: Verdict;
  /** What is said at first; the notice comes by webhook, and so does the answer to whoever asks again after that time. */
  readonly atFirst?: 'silence' | 'action-required';
  /** How many calls with one key meet a server error before the answer comes. */
  readonly errorsAtFirst?: number;
  /** What a capture comes to; success when absent. */
  readonly capture?: Verdict;
  /** What a refund comes to; success when absent. */
  readonly refund?: Verdict;
}

export const succeeded: Verdict = { outcome: 'succeeded' };
const refused = (code: string, detail: string): Verdict => ({ outcome: 'refused', code, detail });

const declined: TokenBehaviour = { authorize: refused('PAYMENT.DECLINED', 'The payment was declined.') };

// A map: the token is the client's text, and `constructor` must not find anything.
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
  [
    'tok_capture_fails',
    {
      authorize: succeeded,
      capture: refused('PAYMENT.CAPTURE_REFUSED', 'The provider refused to capture the authorised amount.'),
    },
  ],
  [
    'tok_refund_fails',
    { authorize: succeeded, refund: refused('PAYMENT.REFUND_REFUSED', 'The provider refused to give the money back.') },
  ],
]);

/** A token that the sandbox does not know is declined. */
export const behaviourOf = (token: string): TokenBehaviour => behaviours.get(token) ?? declined;
