export { agoText, dayOf, momentText, timeOfDay, timeText } from './dates.js';
export { majorUnits, minorUnits, moneyText } from './money.js';
