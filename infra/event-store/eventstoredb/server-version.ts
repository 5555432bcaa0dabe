import type { EventStoreDBClient } from '@eventstore/db-client';
import { tooOld } from './errors.js';
import { within } from './within.js';

const LEAST: readonly [number, number] = [23, 10];

/** `unknown` where the server is so old that it cannot say. */
export const readVersion = async (client: EventStoreDBClient, patience: number): Promise<string> =>
  (await within(client['capabilities'], patience)).serverVersion;

/** @throws StoreRefusedError the server lacks what the adapter needs; builds without a proper version are let through */
export function assertSupported(version: string): void {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (version === 'unknown') throw tooOld(version);
  if (major === undefined || minor === undefined || major === '0') return;
  const isOlder = Number(major) < LEAST[0] || (Number(major) === LEAST[0] && Number(minor) < LEAST[1]);
  if (isOlder) throw tooOld(version);
}
