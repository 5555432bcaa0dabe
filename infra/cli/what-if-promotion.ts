import { readFileSync } from 'node:fs';
import type { PromotionTerms } from '../../domain/pricing/index.js';
import {
  simulatePromotion,
  type SimulatedOrders,
  type Simulation,
} from '../../read-api/promotion/simulate-promotion.js';
import { Closers } from '../app/boot/closers.js';
import { openLog } from '../app/stores/stores.js';
import { isDay, isTimestamp, utcOf } from '../http/index.js';
import { amountText } from './amount-text.js';
import { CliError } from './cli-error.js';
import { existingInstallation, type Variables } from './model-access.js';
import { promotionTerms } from './promotion-terms.js';
import { showProgress } from './progress.js';
import type { Say } from './rebuild.js';

export interface WhatIfOptions {
  readonly from: string;
  readonly to: string;
  readonly channel?: string;
}

interface Asked {
  readonly file: string;
  readonly options: WhatIfOptions;
}

/** @throws CliError the file or the time is not valid */
export async function whatIf(variables: Variables, { file, options }: Asked, say: Say): Promise<void> {
  const promotion = readPromotion(file);
  const orders = ordersOf(options);
  const closers = new Closers();
  try {
    const log = await openLog(existingInstallation(variables), 'read-only');
    closers.add(() => log.close());
    const progress = showProgress('events of orders', {});
    closers.add(async () => progress.stop());
    const onRead = (events: number): void => progress.done(events);
    tell(await simulatePromotion(promotion, { log: log.sealed, orders, onRead }), say);
  } finally {
    await closers.close();
  }
}

function readPromotion(file: string): PromotionTerms {
  const reading = promotionTerms(readJson(file));
  if (!reading.valid)
    throw new CliError(reading.problems.map(({ path, message }) => `${file}: ${path} ${message}`).join('\n'));
  return reading.terms;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

function ordersOf({ from, to, channel }: WhatIfOptions): SimulatedOrders {
  for (const [name, time] of Object.entries({ from, to }))
    if (!isDay(time) && !isTimestamp(time)) throw new CliError(`--${name} ${time} is no RFC 3339 time and no day`);
  const orders = { from: utcOf(from), to: utcOf(to), ...(channel !== undefined && { channel }) };
  if (orders.to <= orders.from) throw new CliError('--to has to be after --from');
  return orders;
}

function tell({ orders, discounted, cost, examples }: Simulation, say: Say): void {
  say(`${orders} orders were confirmed, and ${discounted} of them would have been discounted`);
  for (const sum of cost) say(`cost ${amountText(sum)}`);
  for (const { orderId, before, after } of examples)
    say(`order ${orderId}: ${amountText(before)} would have been ${amountText(after)}`);
}
