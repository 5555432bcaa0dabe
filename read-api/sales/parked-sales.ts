import { Injectable } from '@nestjs/common';
import { slotOf } from '../../projections/sales/index.js';
import { isParkedStream, ParkedDocuments, parkedProblem } from '../shared/index.js';
import { isSelected, type SalesSelection } from './sales-months.js';

/** Reports over sums that wait for an event to be added. */
@Injectable()
export class ParkedSales {
  constructor(private readonly parked: ParkedDocuments) {}

  /** @throws ProblemError 503 READ_MODEL.PARKED when a parked sum is part of the report, on whichever page */
  async refuse(selection: SalesSelection): Promise<void> {
    const keys = await this.parked.keys('sales');
    for (const key of keys) if (isParkedStream(key) || isPart(key, selection)) throw parkedProblem('sales');
  }
}

function isPart(key: string, selection: SalesSelection): boolean {
  const slot = slotOf(key);
  return slot.by === selection.by && isSelected(slot, selection);
}
