// processes: several engines over one data directory, killed and started while shoppers race for few units on all of them.
import { tmpdir } from 'node:os';
import { endEverything, temporaryDirectory } from '../../bench/support/engine.mjs';
import { ownRevision } from '../../bench/support/revisions.mjs';
import { invariantFaults } from '../support/invariants.mjs';
import { Client } from '../support/processes/client.mjs';
import { Cluster, WORKERS } from '../support/processes/cluster.mjs';
import { acknowledgedOf, historyFaults } from '../support/processes/history-checks.mjs';
import { aftermath, atOnce, rivals, sharedCart, stockUp, storm } from '../support/processes/scenes.mjs';
import { randomOf } from '../support/random.mjs';

const STOCK = 10;
const SKUS = 3;
const RIVALS = 5;
const SHORT = { clients: 32, buyers: 150, storms: 2, carts: 2, rounds: 20, roles: [[undefined, undefined]] };
const LONG = {
  clients: 48,
  buyers: 400,
  storms: 6,
  carts: 8,
  rounds: 150,
  roles: [
    [undefined, undefined],
    [undefined, undefined, undefined],
    [undefined, 'write-side,read-api', WORKERS],
  ],
};

class Shop {
  history = [];
  faults = [];
  sold = 0;
  carts = 0;

  constructor(cluster, { seed, plan, log }) {
    Object.assign(this, { cluster, plan, log });
    this.clients = Array.from({ length: plan.clients }, (_, index) => this.#client(seed * 1_000 + index));
    this.random = randomOf(seed * 1_000 + 999);
  }

  #client(seed) {
    return new Client(this.cluster, randomOf(seed), this.history);
  }

  async #rivals() {
    await stockUp(this.clients[0], ['PLENTY'], 100_000);
    await rivals(this.clients.slice(0, RIVALS), 'PLENTY', this.plan.rounds);
    this.carts += RIVALS * this.plan.rounds;
  }

  /** A storm on products of its own; while kills go on where it is an odd one. */
  async #storm(number) {
    const skus = Array.from({ length: SKUS }, (_, index) => `SCARCE-${number}-${index}`);
    await stockUp(this.clients[0], skus, STOCK);
    if (number % 2 === 1) this.cluster.harass(this.random);
    const { confirmed, faults } = await storm(this.clients, skus, { buyers: this.plan.buyers, stock: STOCK });
    this.sold += confirmed.length;
    this.carts += this.plan.buyers;
    const shared = Array.from({ length: this.plan.carts }, () => () => sharedCart(this.clients.slice(0, 6), skus[0]));
    faults.push(...(await aftermath(this.clients, confirmed)), ...(await atOnce(2, shared)).flat());
    await this.cluster.leaveInPeace();
    this.log(`storm ${number}: ${confirmed.length} of ${this.plan.buyers} bought, ${this.cluster.kills} kills so far`);
    this.faults.push(...faults);
  }

  async run() {
    await this.#rivals();
    for (let number = 0; number < this.plan.storms; number += 1) await this.#storm(number);
    this.faults.push(...historyFaults(this.history));
    const acknowledged = acknowledgedOf(this.history);
    for (const desk of this.cluster.desks) this.faults.push(...(await invariantFaults(desk, { acknowledged })));
  }
}

async function runCluster(roles, options) {
  const { path, remove } = temporaryDirectory(tmpdir());
  const cluster = await Cluster.open(ownRevision(), path, roles);
  const shop = new Shop(cluster, options);
  try {
    await shop.run();
    await cluster.stop();
    shop.faults.push(...cluster.defects());
    remove();
  } finally {
    endEverything();
  }
  return { shop, kills: cluster.kills };
}

export default {
  says: 'several engines over one directory, killed and started under shoppers who race for few units on all of them',

  async run({ seed, isShort, log }) {
    const plan = isShort ? SHORT : LONG;
    const failures = [];
    const told = [];
    for (const [index, roles] of plan.roles.entries()) {
      const { shop, kills } = await runCluster(roles, { seed: seed * 10 + index, plan, log });
      failures.push(...shop.faults);
      told.push(
        `${roles.length} engines: ${shop.carts} carts, ${shop.sold} sold, ${shop.history.length} answers, ${kills} kills`,
      );
      if (kills === 0) failures.push(`${told.at(-1)}: nothing was killed`);
    }
    return { reached: told.join('; '), failures };
  },
};
