import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.js';
import { inDirectory, makeDirectory } from './data-directory.js';

const SECRET_BYTES = 32;

/**
 * The installation's own secret of that name: random, made on first use, readable by its owner alone.
 * @throws ConfigError it cannot be made or read
 */
export function secretFile(dataDir: string, name: string): string {
  makeDirectory(dataDir);
  return inDirectory(dataDir, () => {
    const path = join(dataDir, name);
    try {
      // `wx`: of two processes that start at once one makes it, the other reads it.
      writeFileSync(path, newSecret(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return readSecret(path);
  });
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
