import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncDirectory } from '../shared/directories.js';
import { ConfigError } from './config.js';
import { inDirectory, makeDataDirectory } from './data-directory.js';

const SECRET_BYTES = 32;

/**
 * The installation's own secret of that name: random, made on first use, readable by its owner alone.
 * @throws ConfigError it cannot be made or read
 */
export function secretFile(dataDir: string, name: string): string {
  makeDataDirectory(dataDir);
  return inDirectory(dataDir, () => {
    const path = join(dataDir, name);
    if (!existsSync(path)) makeSecret(path);
    return readSecret(path);
  });
}

/**
 * Of two processes that start at once one makes it, whole, and the other reads it. It outlasts a power loss, as what is sealed with it
 * does: keys of persons without their secret are lost.
 */
function makeSecret(path: string): void {
  const own = `${path}.${randomUUID()}`;
  try {
    writeFileSync(own, newSecret(), { mode: 0o600, flag: 'wx', flush: true });
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  syncDirectory(dirname(path));
}

/** The same where it is there; else one that nobody keeps, for who only looks. */
export function secretFileSeen(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  return existsSync(path) ? inDirectory(dataDir, () => readSecret(path)) : newSecret();
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

function readSecret(path: string): string {
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < SECRET_BYTES) throw new ConfigError([`${path} holds no secret; restore it from a backup`]);
  return secret;
}

/** A key for one purpose out of a secret. */
export const derivedKey = (secret: string | Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'cartwright', purpose, SECRET_BYTES));
