import { CliError } from '../cli-error.js';

/**
 * The URL that an argument gives: itself, or with `env:NAME` what the variable NAME holds, so that a password need not
 * stand on the command line, where the shell keeps it and other users see it.
 * @throws CliError there is no such variable
 */
export function urlGiven(argument: string): string {
  const name = /^env:(.*)$/.exec(argument)?.[1];
  if (name === undefined) return argument;
  const url = process.env[name] ?? '';
  if (url === '') throw new CliError(`${argument} names no variable of the environment that is set`);
  return url;
}
