import type { Config } from '../config/index.js';
import { signToken } from '../http/index.js';

const DAY_SECONDS = 24 * 3600;

/** What a start says on standard output: where the engine is, a token, and how to buy something. */
export async function welcome(config: Config, url: string): Promise<string> {
  const lines = [`Cartwright is at ${url} (documentation: ${url}/docs)`];
  if (config.auth.secret !== null && config.host === '127.0.0.1') {
    const token = await signToken({ role: 'admin', sub: 'admin', ttl: DAY_SECONDS }, config.auth);
    lines.push('', 'Admin token, valid for a day:', `  ${token}`);
  }
  if (config.seedDemo && config.roles.has('write-side')) lines.push('', 'Buy something:', ...shopping(url));
  return `${lines.join('\n')}\n\n`;
}

/** Three lines for a shell: a cart, an item, a checkout. */
function shopping(url: string): string[] {
  const json = `-H 'content-type: application/json'`;
  const address = `{"name":"Ada Byron","line1":"12 St James Square","city":"Springfield","postalCode":"62701","country":"US"}`;
  const checkout = `{"email":"ada@example.com","shippingAddress":${address},"payment":{"token":"tok_ok"}}`;
  const cartId = `sed 's/.*"cartId":"\\([^"]*\\)".*/\\1/'`;
  return [
    `  CART=$(curl -s ${url}/v1/carts ${json} -d '{"currency":"USD"}' | ${cartId})`,
    `  curl -s ${url}/v1/carts/$CART/items ${json} -d '{"sku":"1000237","quantity":2}'`,
    `  curl -s ${url}/v1/carts/$CART/checkout ${json} -H 'prefer: wait=10' -d '${checkout}'`,
  ];
}
