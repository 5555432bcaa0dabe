import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pricingPolicyAggregate, SHOP } from '../../../domain/pricing-policy/index.js';
import { parsePricingPolicy, type PricingPolicy } from '../../../domain/pricing/index.js';
import { ConfigError } from '../../config/index.js';
import type { CommandExecutor } from '../../engine/commands/index.js';

/**
 * Reads the pricing policy of a file; null where there is no file.
 * @throws ConfigError with every problem of the file
 */
export function readPricingFile(file: string | null): PricingPolicy | null {
  if (file === null) return null;
  const reading = parsePricingPolicy(readJson(file));
  if (reading.valid) return reading.policy;
  throw new ConfigError(reading.problems.map(({ path, message }) => `PRICING_FILE ${file}: ${path} ${message}`));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError([
      `PRICING_FILE ${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
    ]);
  }
}

/** Puts the policy of a file in force where it is another than the last one of a file; answers whether it was. */
export async function putPricingFile(executor: CommandExecutor, policy: PricingPolicy): Promise<boolean> {
  const correlationId = randomUUID();
  const outcome = await executor.execute({
    aggregate: pricingPolicyAggregate,
    id: SHOP,
    command: { type: 'put-pricing-policy', policy, source: 'file' },
    context: { commandId: randomUUID(), correlationId, causationId: null, actor: 'system:start', repeatable: false },
    answer: () => null,
  });
  return outcome.kind === 'accepted' && outcome.events.length > 0;
}
