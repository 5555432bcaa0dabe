import type { Schema } from '../../../shared/api/index.js';
import { filled, linesIn, someOf, type DraftReader, type NamedTextDraft } from '../form/draft-reader.js';

type Selector = Schema<'PromotionSelector'>;

/** Which lines are meant, as it is typed: lists one a line; every line where all is empty. */
export interface SelectorDraft {
  categories: string;
  skus: string;
  brands: string;
  attributes: NamedTextDraft[];
  /** Null where nothing is taken out. */
  except: SelectorDraft | null;
}

export const NO_SELECTOR: SelectorDraft = { categories: '', skus: '', brands: '', attributes: [], except: null };

export const selectorDraft = (selector: Selector = {}): SelectorDraft => ({
  categories: (selector.categories ?? []).join('\n'),
  skus: (selector.skus ?? []).join('\n'),
  brands: (selector.brands ?? []).join('\n'),
  attributes: Object.entries(selector.attributes ?? {}).map(([name, text]) => ({ name, text })),
  except: selector.except === undefined ? null : selectorDraft(selector.except),
});

/** Undefined where it is every line. */
export function readSelector(reader: DraftReader, path: string, draft: SelectorDraft): Selector | undefined {
  const attributes = reader.named(`${path}.attributes`, draft.attributes);
  const selector: Selector = filled({
    categories: someOf(linesIn(draft.categories)),
    skus: someOf(linesIn(draft.skus)),
    brands: someOf(linesIn(draft.brands)),
    attributes: Object.keys(attributes).length === 0 ? undefined : attributes,
    except: draft.except === null ? undefined : (readSelector(reader, `${path}.except`, draft.except) ?? {}),
  });
  return Object.keys(selector).length === 0 ? undefined : selector;
}
