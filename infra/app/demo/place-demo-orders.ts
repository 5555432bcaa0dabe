import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CartCheckedOut } from '../../../domain/cart/index.js';
import type { AuthConfig, Config } from '../../config/index.js';
import type { EventStore } from '../../event-store/index.js';
import { actorOf, signToken, type Principal } from '../../http/index.js';
import { commandIdOf } from '../../../write-side/shared/write-gate.js';
import { secretId } from '../../../write-side/shared/write-scope.js';
import { ApiClient, problemLine, type Answer, type Call } from '../../cli/api-client.js';
import { inParallel } from '../../shared/in-parallel.js';
import { setUpDemoOffers } from './demo-offers.js';
import { DEMO_BUYERS, DEMO_ORDERS, type DemoOrder, type DemoStep } from './demo-orders.js';

const AT_ONCE = 4;
const CHECKOUT_SECONDS = 30;
/** How often a step is tried until the one before has been carried out: a shipment is captured before it can be refunded. */
const STEP_TRIES = 100;
const STEP_PAUSE_MS = 100;
const TOKEN_SECONDS = 3_600;
/**
 * The principal that opens the carts, which then become their buyers'. The ids of carts follow from the principal who opens them,
 * and this one is never forgotten.
 */
const STAFF: Principal = { id: 'demo-shop', role: 'admin' };
const BOUGHT: CartCheckedOut['type'] = 'cart.checked-out.v1';

export interface DemoOrdering {
  readonly config: Pick<Config, 'auth' | 'serverSecret'>;
  readonly events: EventStore;
  readonly logger: Logger;
}

/**
 * Places the orders of the demo shop at the engine at `url`, in the background; orders of an earlier start are not placed again. It
 * places none without a secret to sign tokens with.
 * @returns a function that stops it
 */
export function placeDemoOrders(ordering: DemoOrdering, url: string): () => Promise<void> {
  const client = new ApiClient(url, { connections: AT_ONCE });
  const giveUp = new AbortController();
  const placing = placeAll(ordering, client, giveUp.signal)
    .catch((error: unknown) => {
      if (!giveUp.signal.aborted)
        ordering.logger.warn({ err: error }, 'the orders of the demo shop were not all placed');
    })
    .finally(() => client.close());
  return async () => {
    giveUp.abort();
    await placing;
  };
}

async function placeAll(
  { config, events, logger }: DemoOrdering,
  client: ApiClient,
  signal: AbortSignal,
): Promise<void> {
  if (config.auth.secret === null || (await arePlaced(config, events))) return;
  const staff = await signToken({ role: STAFF.role, sub: STAFF.id, ttl: TOKEN_SECONDS }, config.auth);
  const giftCard = await setUpDemoOffers((call) => carryOut({ client, signal }, { ...call, token: staff }));
  const orders = DEMO_ORDERS.map((order, number) => ({ order, number }));
  const last = orders.splice(-1);
  for (const some of [orders, last]) {
    await inParallel(eachOf(some), AT_ONCE, async ({ order, number }) => {
      signal.throwIfAborted();
      const auth = config.auth;
      const customer = await customerToken(order, auth);
      await new DemoShopper({ client, staff, customer, giftCard, signal }).take(order, number);
    });
  }
  logger.info({ orders: DEMO_ORDERS.length }, 'placed the orders of the demo shop');
}

const customerToken = ({ buyer }: DemoOrder, auth: AuthConfig): Promise<string> =>
  signToken({ role: 'customer', sub: buyer, ttl: TOKEN_SECONDS }, auth);

async function* eachOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** Checks whether the last order was checked out, which is placed after all others. */
async function arePlaced({ serverSecret }: DemoOrdering['config'], events: EventStore): Promise<boolean> {
  const number = DEMO_ORDERS.length - 1;
  const principal = actorOf(STAFF);
  const opening = { method: 'POST', route: '/v1/carts', params: {}, principal, key: keyOf(number, 'cart') };
  const cartId = secretId(serverSecret, commandIdOf(opening), 'cart');
  for await (const { type } of events.read(`cart-${cartId}`)) if (type === BOUGHT) return true;
  return false;
}

const keyOf = (number: number, step: string): string => `demo-shop:order-${number}:${step}`;

interface Sending {
  readonly client: ApiClient;
  readonly signal: AbortSignal;
}

/** Sends a call until it is carried out. */
async function carryOut({ client, signal }: Sending, call: Call & { readonly key: string }): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    // A repetition under the key is refused again.
    const key = tries === 1 ? call.key : `${call.key}:${tries}`;
    const answer = await client.call({ ...call, key });
    if (answer.status < 300) return answer;
    if (tries === STEP_TRIES) throw new Error(`${call.method} ${call.path}: ${problemLine(answer)}`);
    await pause(STEP_PAUSE_MS);
  }
}

interface Shopping extends Sending {
  /** Tokens of staff and of the buyer. */
  readonly staff: string;
  readonly customer: string;
  /** Code of the gift card of the demo shop. */
  readonly giftCard: string;
}

/** Places one order and takes its further steps. */
class DemoShopper {
  private shipmentId = '';

  constructor(private readonly shopping: Shopping) {}

  async take(order: DemoOrder, number: number): Promise<void> {
    const { buyer, lines, token = 'tok_ok', code, byGiftCard = false, steps = [] } = order;
    const { staff, customer, giftCard } = this.shopping;
    const bought = (call: Pick<Call, 'path' | 'body' | 'wait'>, step: string): Promise<Answer> =>
      this.send({ method: 'POST', token: customer, key: keyOf(number, step), ...call });
    const opening = { path: '/v1/carts', body: { currency: 'USD', reference: `demo-${number + 1}` } };
    const cart = await this.send({ method: 'POST', token: staff, key: keyOf(number, 'cart'), ...opening });
    const path = `/v1/carts/${String(cart.body['cartId'])}`;
    for (const [sku, quantity] of lines)
      await bought({ path: `${path}/items`, body: { sku, quantity } }, `line-${sku}`);
    if (code !== undefined) await bought({ path: `${path}/coupons`, body: { code } }, 'coupon');
    const payment = byGiftCard ? { token, giftCards: [giftCard] } : { token };
    const checkout = { email: `${buyer}@example.com`, shippingAddress: DEMO_BUYERS[buyer], payment };
    const placed = await bought({ path: `${path}/checkout`, body: checkout, wait: CHECKOUT_SECONDS }, 'checkout');
    const orderId = String(placed.body['orderId']);
    for (const step of steps) await this.step(step, { orderId, first: lines[0], key: keyOf(number, step) });
  }

  private async step(step: DemoStep, { orderId, first, key }: StepOf): Promise<void> {
    const call = { method: 'POST', token: this.shopping.staff, key } as const;
    const path = `/v1/orders/${orderId}`;
    switch (step) {
      case 'ship-first':
      case 'ship': {
        const lines = step === 'ship' || first === undefined ? {} : { lines: [{ sku: first[0], quantity: first[1] }] };
        const body = { ...lines, carrier: 'Parcel Post' };
        const shipped = await this.send({ ...call, path: `${path}/shipments`, body });
        this.shipmentId = String(shipped.body['shipmentId']);
        return;
      }
      case 'deliver':
        return void (await this.send({ ...call, path: `/v1/shipments/${this.shipmentId}/delivery`, body: {} }));
      case 'cancel':
        return void (await this.send({ ...call, path: `${path}/cancellation`, body: { reason: 'Changed my mind' } }));
      case 'refund-one': {
        const body = { amount: { amount: 100, currency: 'USD' }, reason: 'Bruised on arrival' };
        return void (await this.send({ ...call, path: `${path}/refunds`, body }));
      }
      case 'refund':
        return void (await this.send({ ...call, path: `${path}/refunds`, body: { reason: 'Never arrived' } }));
      default:
        return step satisfies never;
    }
  }

  private send(call: Call & { readonly key: string }): Promise<Answer> {
    return carryOut(this.shopping, call);
  }
}

interface StepOf {
  readonly orderId: string;
  readonly first: DemoOrder['lines'][number] | undefined;
  readonly key: string;
}
