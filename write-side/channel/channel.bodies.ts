import { ApiSchema } from '@nestjs/swagger';
import { CodeField, Described, OptionalText, RemovableTextList, Text, TextList } from '../../infra/http/index.js';

const CURRENCY = { max: 3, most: 200 };
const COUNTRY = { max: 2, most: 300 };
const LOCALE = { max: 100 };
const TIME_ZONE = { max: 100 };

@ApiSchema({ description: 'A new channel.' })
export class CreateChannelBody {
  @Described('Tells it from other channels.', 'shop-at')
  @CodeField()
  readonly code!: string;
  @Described('For people.', 'Shop Austria')
  @Text()
  readonly name!: string;
  @Described('ISO 4217, at least one.', ['EUR'])
  @TextList(CURRENCY)
  readonly currencies!: readonly string[];
  @Described('ISO 3166-1 alpha-2; where they are left out, every country.', ['AT', 'DE'])
  @TextList({ ...COUNTRY, optional: true })
  readonly countries?: readonly string[] | null;
  @Described('BCP 47: the language of what it says.', 'de-AT')
  @Text(LOCALE)
  readonly locale!: string;
  @Described('IANA: by which its days begin.', 'Europe/Vienna')
  @Text(TIME_ZONE)
  readonly timeZone!: string;
}

@ApiSchema({ description: 'What is to change; what is left out stays.' })
export class ChangeChannelBody {
  @Described('For people.', 'Shop Austria')
  @OptionalText()
  readonly name?: string | null;
  @Described('All of them, ISO 4217.', ['EUR'])
  @TextList({ ...CURRENCY, optional: true })
  readonly currencies?: readonly string[] | null;
  @Described('All of them, ISO 3166-1 alpha-2; null: every country.', ['AT', 'DE'])
  @RemovableTextList(COUNTRY)
  readonly countries?: readonly string[] | null;
  @Described('BCP 47: the language of what it says.', 'de-AT')
  @OptionalText(LOCALE)
  readonly locale?: string | null;
  @Described('IANA: by which its days begin.', 'Europe/Vienna')
  @OptionalText(TIME_ZONE)
  readonly timeZone?: string | null;
}
