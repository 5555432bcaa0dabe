import { TextField } from '../form/index.js';

const ZONES = Intl.supportedValuesOf('timeZone');

/** Where and how a channel sells. The default channel sells everything, which nothing can narrow. */
export const ChannelFields = ({ isDefault = false }: { readonly isDefault?: boolean }) => (
  <>
    <TextField name="name" label="Name" isRequired max={200} />
    {isDefault ? (
      <p className="soft">The default channel sells in every currency and to every country.</p>
    ) : (
      <>
        <TextField name="currencies" label="Currencies" isMono isRequired help="ISO 4217, such as EUR, CHF." />
        <TextField
          name="countries"
          label="Countries"
          isMono
          help="Two letters each, such as AT, DE. Every country where none is named."
        />
      </>
    )}
    <TextField name="locale" label="Language" isMono isRequired max={100} help="Such as de-AT." />
    <TextField
      name="timeZone"
      label="Time zone"
      isMono
      isRequired
      max={100}
      suggestions={ZONES}
      help="By which its days begin, such as Europe/Vienna."
    />
  </>
);
