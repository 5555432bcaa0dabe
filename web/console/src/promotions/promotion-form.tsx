import { EditForm, type Edited, type Saving } from '../form/index.js';
import { labelsOf, readPromotion, type PromotionDraft, type Terms } from './promotion-draft.js';
import { PromotionFields } from './promotion-fields.js';
import { TypedSimulation } from './typed-simulation.js';

interface PromotionFormProps {
  /** Names it among other forms. */
  readonly name: string;
  readonly title: string;
  readonly edited: Edited<PromotionDraft>;
  /** The shop's, by whose clock its times are typed. */
  readonly zone: string;
  /** Answers the id of the promotion. */
  readonly save: (saving: Saving<Terms>) => Promise<string>;
  readonly reload?: () => Promise<Edited<PromotionDraft>>;
  readonly confirm: string;
  readonly consequence: string;
  readonly back: string;
  readonly onSaved: (id: string) => void;
}

/** The form of a promotion, with its simulation beside it. */
export const PromotionForm = ({ zone, ...form }: PromotionFormProps) => (
  <EditForm
    {...form}
    read={(draft: PromotionDraft) => readPromotion(draft, zone)}
    labels={labelsOf(zone)}
    aside={<TypedSimulation zone={zone} />}
  >
    <PromotionFields zone={zone} />
  </EditForm>
);
