import { LinesField, Rows, TextField } from '../form/index.js';

const NO_ATTRIBUTE = { name: '', text: '' };

/** What a product says of itself. */
export const FactsFields = () => (
  <>
    <TextField name="name" label="Name" isRequired max={300} />
    <LinesField name="description" label="Description" rows={4} />
    <div className="pair even-pair">
      <TextField name="brand" label="Brand" max={200} />
      <TextField name="taxClass" label="Tax class" max={64} help="By which rates of a tax zone it is taxed." />
    </div>
    <LinesField
      name="categories"
      label="Categories"
      help="From the widest to the narrowest, one a line. Sales are counted under the last."
    />
    <Rows name="attributes" label="Attributes" one="attribute" empty={NO_ATTRIBUTE}>
      {(name) => (
        <div className="pair even-pair">
          <TextField name={`${name}.name`} label="Attribute" max={100} />
          <TextField name={`${name}.text`} label="Value" max={1000} />
        </div>
      )}
    </Rows>
  </>
);
