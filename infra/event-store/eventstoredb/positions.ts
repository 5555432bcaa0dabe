import type { Position as DriverPosition } from '@eventstore/db-client';
import type { Position } from '../position.js';

/** Before every position, where they are compared as text. */
export const BEGINNING = '';

export const toPosition = ({ commit, prepare }: DriverPosition): Position => {
  const text = digits(commit);
  return `${text}-${commit === prepare ? text : digits(prepare)}` as Position;
};

export function fromPosition(position: string): DriverPosition {
  const [commit = '', prepare = ''] = position.split('-');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** @throws RangeError the position is not one of EventStoreDB's, such as one of an embedded log */
export function assertPosition(position: string | null): void {
  if (position === null || position === BEGINNING || PATTERN.test(position)) return;
  throw new RangeError(`${position} is no position of an EventStoreDB log`);
}

const PATTERN = /^\d{20}-\d{20}$/;

const digits = (value: bigint): string => value.toString().padStart(20, '0');
