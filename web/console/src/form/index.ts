export { EditForm } from './edit-form.js';
export { EditPage } from './edit-page.js';
export {
  AmountField,
  ChoiceField,
  CurrencyField,
  FlagField,
  LinesField,
  MoneyField,
  TextField,
  TimeField,
} from './fields.js';
export { patchOf } from './merge.js';
export { Group, Rows } from './rows.js';
export type { Edited, Saving } from './use-edit.js';
