import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as answers from './answers.js';
import { refusalOf } from './stripe-mock.js';

interface Answer {
  readonly status: number;
  readonly body: object;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly key: string | null;
  readonly authorization: string | null;
}

const ok = (body: object): Answer => ({ status: 200, body });

/**
 * Stripe as far as a payment needs it, over HTTP: its answers, its memory of keys, its states. Where stripe-mock runs, each
 * request has to pass its check of parameters first; it has no states of its own.
 */
export class StripeDouble {
  readonly secretKey = 'sk_test_4eC39HqLyjWDarjtT1zdp7dc';
  readonly calls: Call[] = [];
  /** What the next calls come to instead of what they would: a status, or no answer at all, before or after they are carried out. */
  readonly faults: (number | 'cut' | 'cut-after' | '500-after')[] = [];
  /** What a new refund is at first. */
  refundStatus = 'succeeded';
  private readonly intents = new Map<string, answers.Intent>();
  private readonly refunds = new Map<string, ReturnType<typeof answers.refundOf>>();
  private readonly keys = new Map<string, Answer & { readonly asked: string }>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StripeDouble> {
    const server = createServer();
    const double = new StripeDouble(server);
    server.on('request', (request, response) => {
      void double.take(request).then((answer) => {
        if (answer === null) return request.socket.destroy();
        response.writeHead(answer.status, { 'content-type': 'application/json', 'request-id': 'req_1' });
        return response.end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Days later: Stripe remembers no keys. */
  forgetKeys(): void {
    this.keys.clear();
  }

  /** Of the payment, as webhooks have it: the charge by its id. */
  intentOf(paymentId: string): answers.Intent {
    const intent = [...this.intents.values()].find(({ metadata }) => metadata['payment_id'] === paymentId);
    if (intent === undefined) throw new Error(`no intent of ${paymentId}`);
    return { ...intent, latest_charge: intent.latest_charge === null ? null : intent.id.replace('pi_', 'ch_') };
  }

  refundNamed(refundId: string) {
    const refund = [...this.refunds.values()].find(({ metadata }) => metadata['refund_id'] === refundId);
    if (refund === undefined) throw new Error(`no refund ${refundId}`);
    return refund;
  }

  /** The bank has asked the buyer. */
  buyerConfirms(paymentId: string): void {
    this.hold(this.known(this.intentOf(paymentId).id));
  }

  buyerFails(paymentId: string): void {
    this.decline(this.known(this.intentOf(paymentId).id), answers.authenticationFailure);
  }

  expires(paymentId: string): void {
    Object.assign(this.known(this.intentOf(paymentId).id), { status: 'canceled', amount_capturable: 0 });
  }

  settleRefund(refundId: string, status: string): void {
    Object.assign(this.refundNamed(refundId), { status });
  }

  private async take(request: IncomingMessage): Promise<Answer | null> {
    const body = await text(request);
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const params = new URLSearchParams(request.method === 'GET' ? query : body);
    const { authorization = null } = request.headers;
    const key = request.headers['idempotency-key'] ?? null;
    const call = { method: request.method ?? '', path, params, authorization, key: key === null ? null : String(key) };
    this.calls.push(call);
    const fault = this.faults.shift();
    if (fault === 'cut') return null;
    if (typeof fault === 'number') return { status: fault, body: { error: { type: 'api_error', message: 'Broken.' } } };
    const answer = await this.once(call, body, fault === '500-after');
    return fault === 'cut-after' ? null : answer;
  }

  /** https://docs.stripe.com/api/idempotent_requests: the first answer, of whatever status. */
  private async once(call: Call, body: string, broken: boolean): Promise<Answer> {
    if (call.authorization !== `Bearer ${this.secretKey}`) {
      return { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } } };
    }
    const refusal = await refusalOf(call, body);
    if (refusal !== null) return refusal;
    if (call.key === null) return this.carryOut(call);
    const asked = `${call.path} ${body}`;
    const known = this.keys.get(call.key);
    if (known?.asked === asked) return known;
    if (known !== undefined) return { status: 400, body: { error: { type: 'idempotency_error', message: 'Keys.' } } };
    // The first answer stays what it was when it was given.
    let answer: Answer = structuredClone(this.carryOut(call));
    if (broken) answer = { status: 500, body: { error: { type: 'api_error', message: 'Broken.' } } };
    this.keys.set(call.key, { asked, ...answer });
    return answer;
  }

  private carryOut({ method, path, params }: Call): Answer {
    const [, , resource, id, action] = path.split('/');
    if (resource === 'refunds') return this.ofRefunds(method, id, params);
    if (id === undefined) return ok(this.make(params));
    const intent = this.intents.get(id);
    if (intent === undefined) {
      return { status: 404, body: answers.invalidRequest('resource_missing', `No such payment_intent: '${id}'`) };
    }
    if (action === 'confirm') return this.confirm(intent, params);
    if (action === 'capture') return this.capture(intent, params);
    return action === 'cancel' ? this.cancel(intent) : ok(intent);
  }

  private make(params: URLSearchParams): answers.Intent {
    const id = `pi_3MtwBwLkdIwHu7ix28a${this.intents.size + 1}`;
    const currency = params.get('currency') ?? '';
    const made = answers.intentOf(id, Number(params.get('amount')), currency, answers.metadataIn(params));
    this.intents.set(id, made);
    return made;
  }

  private confirm(intent: answers.Intent, params: URLSearchParams): Answer {
    if (intent.status !== 'requires_payment_method') return unexpected(intent);
    const means = params.get('payment_method') ?? params.get('confirmation_token') ?? '';
    const decline = answers.declines.get(means);
    if (decline !== undefined) return this.decline(intent, decline);
    if (means === 'pm_card_threeDSecure2Required') {
      const next_action = answers.redirectOf(intent.id, params.get('return_url') ?? '');
      return ok(Object.assign(intent, { status: 'requires_action', next_action }));
    }
    if (means === 'pm_card_visa' || means === 'ctoken_1') return ok(this.hold(intent));
    const error = answers.invalidRequest('resource_missing', `No such PaymentMethod: '${means}'`);
    return { status: 400, body: error };
  }

  private hold(intent: answers.Intent): answers.Intent {
    const held = { status: 'requires_capture', amount_capturable: intent.amount, next_action: null };
    return Object.assign(intent, held, { latest_charge: answers.chargeOf(intent) });
  }

  private decline(intent: answers.Intent, why: Parameters<typeof answers.paymentError>[0]): Answer {
    const last_payment_error = answers.paymentError(why);
    Object.assign(intent, { status: 'requires_payment_method', next_action: null, last_payment_error });
    return { status: 402, body: { error: { ...last_payment_error, payment_intent: intent } } };
  }

  private capture(intent: answers.Intent, params: URLSearchParams): Answer {
    if (intent.status !== 'requires_capture') return unexpected(intent);
    const amount_received = Number(params.get('amount_to_capture'));
    const taken = { status: 'succeeded', amount_received, amount_capturable: 0 };
    return ok(Object.assign(intent, taken, { latest_charge: intent.id.replace('pi_', 'ch_') }));
  }

  private cancel(intent: answers.Intent): Answer {
    if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpected(intent);
    return ok(Object.assign(intent, { status: 'canceled', amount_capturable: 0 }));
  }

  private ofRefunds(method: string, id: string | undefined, params: URLSearchParams): Answer {
    if (id !== undefined) return ok(this.refunds.get(id) ?? {});
    if (method === 'GET') return ok({ object: 'list', data: [...this.refunds.values()].toReversed(), has_more: false });
    const intent = this.known(params.get('payment_intent') ?? '');
    if (Number(params.get('amount')) > intent.amount_received) {
      return { status: 400, body: answers.invalidRequest('charge_already_refunded', 'Charge has been refunded.') };
    }
    const refund = answers.refundOf(`re_3MtwBwLkdIwHu7ix${this.refunds.size + 1}`, params, this.refundStatus);
    this.refunds.set(refund.id, refund);
    return ok(refund);
  }

  private known(id: string): answers.Intent {
    const intent = this.intents.get(id);
    if (intent === undefined) throw new Error(`no intent ${id}`);
    return intent;
  }
}

const unexpected = (intent: answers.Intent): Answer => {
  const message = `This PaymentIntent could not be changed because it has a status of ${intent.status}.`;
  const body = answers.invalidRequest('payment_intent_unexpected_state', message, { payment_intent: intent });
  return { status: 400, body };
};
