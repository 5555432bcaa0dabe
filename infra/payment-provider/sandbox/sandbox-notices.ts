import type { ProviderFact, ProviderNotice } from '../payment-provider.js';
import { referenceOf } from './sandbox-references.js';

// A notice of the sandbox: `{type: "payment.authorized", data: {paymentId, …}}`, with the members of the fact in `data`.

type Data = Readonly<Record<string, unknown>>;
/** Reads the fact of a type; null where its data are malformed. */
type Reader = (data: Data, reference: string) => ProviderFact | null;

const isText = (value: unknown): value is string => typeof value === 'string';
const isMoney = (value: unknown): value is { readonly amount: number; readonly currency: string } =>
  isRecord(value) && Number.isSafeInteger(value['amount']) && isText(value['currency']);

const DECLINED = { code: 'PAYMENT.DECLINED', detail: 'The payment provider declined the payment.' };
const REFUSED = { code: 'PAYMENT.REFUND_REFUSED', detail: 'The payment provider refused to give the money back.' };

/** Reads the reason of a refusal, as far as the notice has one. */
const why = ({ code, detail }: Data, otherwise: typeof DECLINED) => ({
  code: isText(code) ? code : otherwise.code,
  detail: isText(detail) ? detail : otherwise.detail,
});

const readers: ReadonlyMap<unknown, Reader> = new Map<string, Reader>([
  [
    'payment.authorized',
    ({ amount, expiresAt }, reference) => ({
      kind: 'authorized',
      reference,
      ...(isMoney(amount) ? { amount } : {}),
      ...(isText(expiresAt) ? { expiresAt } : {}),
    }),
  ],
  ['payment.declined', (data, reference) => ({ kind: 'declined', reference, ...why(data, DECLINED) })],
  ['payment.captured', (_, reference) => ({ kind: 'captured', reference })],
  ['payment.voided', (_, reference) => ({ kind: 'voided', reference })],
  [
    'payment.refunded',
    ({ refundId }, reference) => (isText(refundId) ? { kind: 'refunded', reference, refundId } : null),
  ],
  [
    'payment.refund-failed',
    (data, reference) =>
      isText(data['refundId'])
        ? { kind: 'refund-failed', reference, refundId: data['refundId'], ...why(data, REFUSED) }
        : null,
  ],
  [
    'payment.disputed',
    ({ amount, reason }, reference) =>
      isMoney(amount) ? { kind: 'disputed', reference, amount, reason: isText(reason) ? reason : 'unknown' } : null,
  ],
  [
    'payment.dispute-closed',
    ({ amount, outcome }, reference) =>
      isMoney(amount) && (outcome === 'won' || outcome === 'lost')
        ? { kind: 'dispute-closed', reference, amount, outcome }
        : null,
  ],
]);

export function noticeIn(body: unknown, webhookId: string): ProviderNotice | 'of-no-concern' | null {
  if (!isRecord(body) || !isText(body['type'])) return null;
  const read = readers.get(body['type']);
  if (read === undefined) return 'of-no-concern';
  const { data } = body;
  if (!isRecord(data) || !isText(data['paymentId'])) return null;
  const { paymentId, reference, code, detail, expiresAt } = data;
  const isAsDeclared = [reference, code, detail, expiresAt].every((value) => value === undefined || isText(value));
  const fact = isAsDeclared ? read(data, isText(reference) ? reference : referenceOf(paymentId)) : null;
  return fact && { webhookId, paymentId, fact };
}

const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null;
