// Shopping while an engine is broken, and what has to hold afterwards.
import { invariantFaults } from './invariants.mjs';
import { Shoppers } from './shoppers.mjs';

const JOURNEYS = 12;
const PRODUCTS = 4;
/** So much more shopping there is at most until something happens: how commits fall together differs from run to run. */
const EXTRA_ROUNDS = 5;

/** Resolves with the shoppers when they are home. */
export async function goShopping(engine, seed) {
  const shoppers = new Shoppers(engine, seed);
  await shoppers.stock(PRODUCTS);
  await shoppers.go(JOURNEYS);
  return shoppers;
}

/** Whether it happens while they shop, and some more. */
export async function happensMeanwhile(event, shopping) {
  const over = new AbortController();
  const happened = event.then(() => over.abort()).then(() => true);
  const home = shopping.then(async (shoppers) => {
    for (let round = 0; !over.signal.aborted && round < EXTRA_ROUNDS; round += 1) await shoppers.go(JOURNEYS);
    return over.signal.aborted;
  });
  home.catch(() => undefined);
  return Promise.race([happened, home]);
}

/** What does not hold once everybody is home: the invariants, or an answer that is not given again as it was. */
export async function shoppingFaults(engine, shoppers) {
  const faults = await invariantFaults(engine, { acknowledged: shoppers.revisions });
  return [...faults, ...(await shoppers.answeredOtherwise())];
}
