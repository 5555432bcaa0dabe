import { loadConfig } from '../../config/load-config.js';
import { openKeyTransfer } from '../../app/adapters.js';
import { Closers } from '../../app/boot/closers.js';
import { CliError } from '../cli-error.js';
import { asCliError } from '../copy-log/copy-errors.js';
import type { Say } from '../rebuild.js';
import { copyKeys } from './copy-keys.js';

const SCHEMES = /^(sqlite:.|mongodb(\+srv)?:\/\/.)/;

/**
 * Copies keys between the stores that the URLs name, both of this installation's SERVER_SECRET.
 * @throws CliError a URL names no key store, both the same one, or what they hold does not fit
 */
export async function copyKeysBetween(from: string, to: string, say: Say): Promise<void> {
  if (![from, to].every((url) => SCHEMES.test(url)))
    throw new CliError('FROM and TO name key stores: sqlite:DIRECTORY, mongodb://… or mongodb+srv://…');
  if (from === to) throw new CliError('FROM and TO are the same key store');
  const { serverSecret: secret } = loadConfig(process.env);
  const closers = new Closers();
  try {
    const source = await openKeyTransfer({ url: from, secret, access: 'read-only' });
    closers.add(() => source.close());
    const target = await openKeyTransfer({ url: to, secret, access: 'read-write' });
    closers.add(() => target.close());
    await copyKeys({ source, target }, say);
  } catch (error) {
    throw asCliError(error);
  } finally {
    await closers.close();
  }
}
