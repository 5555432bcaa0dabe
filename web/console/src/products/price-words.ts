import type { Schema } from '../../../shared/api/index.js';
import { timeText } from '../../../shared/format/index.js';

/** On what a price depends, in words. */
export function conditionsOf(row: Schema<'ProductPrice'>): string {
  const { minQuantity, customerGroup, channel, list, from, to } = row;
  const told = [
    minQuantity === undefined ? '' : `from ${minQuantity} units on`,
    customerGroup === undefined ? '' : `for the group ${customerGroup}`,
    channel === undefined ? '' : `in the channel ${channel}`,
    list === undefined ? '' : `of the list ${list}`,
    from === undefined ? '' : `from ${timeText(from)}`,
    to === undefined ? '' : `until ${timeText(to)}`,
  ].filter(Boolean);
  return told.length === 0 ? 'for everybody' : told.join(', ');
}
