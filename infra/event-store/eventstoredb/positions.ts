import type { Position as DriverPosition } from '@eventstore/db-client';
import type { Position } from '../../shared/position.js';

const DIGITS = 20;

/** Before every position, where they are compared as text. */
export const BEGINNING = '';

export const toPosition = ({ commit, prepare }: DriverPosition): Position => {
  const text = digits(commit);
  return `${text}-${commit === prepare ? text : digits(prepare)}` as Position;
};

/** Of byte offsets in decimal digits. */
export const positionAt = (commit: string, prepare: string): Position =>
  `${commit.padStart(DIGITS, '0')}-${prepare.padStart(DIGITS, '0')}` as Position;

/** The byte offsets of a position; the other way round. */
export function offsetsOf(position: string): { readonly commit: string; readonly prepare: string } {
  const [commit = '', prepare = ''] = position.split('-');
  return { commit, prepare };
}

/** @throws RangeError the position is not one of EventStoreDB's, such as one of an embedded log */
export function assertPosition(position: string | null): void {
  if (position === null || position === BEGINNING || PATTERN.test(position)) return;
  throw new RangeError(`${position} is no position of an EventStoreDB log`);
}

const PATTERN = /^\d{20}-\d{20}$/;

const digits = (value: bigint): string => value.toString().padStart(DIGITS, '0');
