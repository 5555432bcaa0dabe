import type { AuthConfig, Config } from '../../config/index.js';
import { signToken } from '../../http/index.js';
import { WELCOME_CODE } from '../demo/demo-offers.js';

const DAY_SECONDS = 24 * 3600;

/**
 * Makes the text that a start prints: the engine's address, a token, and how to buy something. It has a token only on a terminal,
 * as other output may be stored, and only with a generated secret, as a configured one belongs to a real shop.
 */
export async function welcome(config: Config, url: string, isTerminal: boolean): Promise<string> {
  const lines = [`Cartwright is at ${url} (documentation: ${url}/docs)`];
  if (config.auth.secret !== null) lines.push('', ...(await adminToken(config.auth, isTerminal)));
  if (config.edge.console) lines.push('', ...consoleLines(config, url));
  if (config.seedDemo && config.roles.has('write-side')) lines.push('', 'Buy something:', ...shopping(url));
  return `${lines.join('\n')}\n\n`;
}

async function adminToken(auth: AuthConfig, isTerminal: boolean): Promise<string[]> {
  if (!isTerminal || auth.origin !== 'generated')
    return ['An admin token is printed by:', '  npm run -s cli -- token --role admin'];
  const token = await signToken({ role: 'admin', sub: 'admin', ttl: DAY_SECONDS }, auth);
  return ['Admin token, valid for a day:', `  ${token}`];
}

/** Says where orders are looked into, and what opens that. */
function consoleLines({ auth }: Config, url: string): string[] {
  const token = auth.secret === null ? 'a token of your identity provider' : 'such a token';
  return [`Look into orders, as they are and as they were: ${url}/console (sign in with ${token})`];
}

/** Makes the shell lines for a cart, an item, a coupon, a checkout and a look at the order. */
function shopping(url: string): string[] {
  const json = `-H 'content-type: application/json'`;
  const address = `{"name":"Ada Byron","line1":"12 St James Square","city":"Springfield","postalCode":"62701","country":"US"}`;
  const checkout = `{"email":"ada@example.com","shippingAddress":${address},"payment":{"token":"tok_ok"}}`;
  return [
    `  field() { sed 's/.*"'$1'":"\\([^"]*\\)".*/\\1/'; }`,
    `  CART=$(curl -s ${url}/v1/carts ${json} -d '{"currency":"USD"}' | field cartId)`,
    `  curl -s ${url}/v1/carts/$CART/items ${json} -d '{"sku":"1000237","quantity":2}'`,
    `  curl -s ${url}/v1/carts/$CART/coupons ${json} -d '{"code":"${WELCOME_CODE}"}'`,
    `  ORDER=$(curl -s ${url}/v1/carts/$CART/checkout ${json} -H 'prefer: wait=10' -d '${checkout}'); echo "$ORDER"`,
    `  curl -s ${url}/v1/orders/$(echo "$ORDER" | field orderId) -H "authorization: Bearer $(echo "$ORDER" | field accessToken)"`,
  ];
}
