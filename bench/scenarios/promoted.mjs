// promoted: journeys of guests in a shop with three promotions against one with none, on the same build and in the same round.
// Unit: orders a second. The shops take turns, so that what else the machine does meets both alike.
// Limit: with promotions at least 0.85 of without.
import { temporaryDirectory, tokenLine } from '../support/engine.mjs';
import { closedLoop, eachOnce } from '../support/load.mjs';
import { median, more } from '../support/metric.mjs';
import { bodyOf, expectStatus } from '../support/raw-client.mjs';
import { journey, openShop } from '../support/shop.mjs';

const WARM_UP_SECONDS = 2;
const TURNS = 3;

const PROMOTIONS = [
  { name: 'A tenth', then: [{ type: 'percent-off', percent: '10', of: { categories: ['bench'] } }] },
  {
    name: 'Two and one',
    then: [{ type: 'buy-get', buy: { quantity: 1 }, get: { quantity: 1, percent: '50' } }],
  },
  {
    name: 'Ten off the order',
    when: [{ type: 'subtotal', atLeast: [{ amount: 3000, currency: 'USD' }] }],
    then: [{ type: 'amount-off', amounts: [{ amount: 1000, currency: 'USD' }], of: 'order' }],
  },
];

async function putInForce(engine) {
  const admin = tokenLine('admin');
  await eachOnce(engine, PROMOTIONS, async (client, promotion) => {
    const { promotionId } = bodyOf(await client.request('POST', '/v1/promotions', promotion, admin), 201);
    expectStatus(await client.request('POST', `/v1/promotions/${promotionId}/activation`, {}, admin), 200);
  });
}

/** A shop that takes turns with another one. */
async function openTurn({ subject, shoppers, directory }, isPromoted) {
  const data = temporaryDirectory(directory);
  const { engine, skus } = await openShop(subject, data.path);
  if (isPromoted) await putInForce(engine);
  const load = (seconds) =>
    closedLoop({ port: engine.port, clients: shoppers, seconds }, (client) => journey(client, skus));
  await load(WARM_UP_SECONDS);
  return {
    turn: async (seconds) => (await load(seconds)).perSecond,
    close: async () => {
      await engine.stop();
      data.remove();
    },
  };
}

export default {
  about: 'journeys with three promotions in force against none',
  limit: 'with promotions at least 0.85 of without',
  seconds: 10,

  async round(options) {
    const [plain, promoted] = [await openTurn(options, false), await openTurn(options, true)];
    const rates = { plain: [], promoted: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      rates.plain.push(await plain.turn(options.seconds / TURNS));
      rates.promoted.push(await promoted.turn(options.seconds / TURNS));
    }
    await Promise.all([plain.close(), promoted.close()]);
    const [without, withThree] = [median(rates.plain), median(rates.promoted)];
    return {
      'orders without': more(without, '/s'),
      'orders with three': more(withThree, '/s'),
      'with : without': more(withThree / without, ''),
    };
  },
};
