import { isCountry } from '../../../domain/shared/index.js';

/**
 * Where addresses have no postal code: the countries whose format in Google's address metadata has none
 * (https://chromium-i18n.appspot.com/ssl-address, as packed in localized-address-format 1.3.3).
 */
const NO_POSTAL_CODES: ReadonlySet<string> = new Set(
  (
    'AE AG AO AQ AW BF BI BJ BO BQ BS BV BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK JM KI KM KN LC ' +
    'LY ML MO MR MS MW NR NU PA PS QA RW SB SC SL SR SS ST SX SY TD TF TG TK TL TO TT TV UG VU WS YE ZW'
  ).split(' '),
);

/** Whether an address there is incomplete without a postal code. */
export const hasPostalCodes = (country: unknown): boolean => isCountry(country) && !NO_POSTAL_CODES.has(country);
