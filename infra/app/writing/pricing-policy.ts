import { readFileSync } from 'node:fs';
import { defaultPricingPolicy, parsePricingPolicy, type PricingPolicy } from '../../../domain/pricing/index.js';
import { ConfigError } from '../../config/index.js';

/**
 * Reads the pricing policy from the configured file; without a file it is the default.
 * @throws ConfigError with every problem of the file
 */
export function loadPricingPolicy(file: string | null): PricingPolicy {
  if (file === null) return defaultPricingPolicy;
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
