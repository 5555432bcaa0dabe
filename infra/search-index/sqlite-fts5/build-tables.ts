/**
 * The tables of one build.
 *
 * `documents`: `doc` is the document without `inStock`, which changes most (column `in_stock`); null where the product was
 * taken out.
 * `changed` is the commit that changed the row last, `shaped` the one that changed more than that.
 * `words`: what is matched, by row of `documents`. Contentless: the texts stand in `documents`; every word is there as it is
 * written and in the form that singular and plural share. Marks belong to words: those of many scripts are vowels.
 * `terms`: the written words with the number of products that have them: what typing errors are corrected to.
 */
export class BuildTables {
  readonly documents: string;
  readonly words: string;
  readonly terms: string;

  constructor(readonly number: number) {
    this.documents = `documents_${number}`;
    this.words = `words_${number}`;
    this.terms = `terms_${number}`;
  }

  create(): string {
    const { documents, words, terms } = this;
    return `
      CREATE TABLE ${documents} (
        row INTEGER PRIMARY KEY,
        sku TEXT NOT NULL UNIQUE,
        position TEXT NOT NULL,
        in_stock INTEGER NOT NULL,
        doc TEXT,
        changed INTEGER NOT NULL,
        shaped INTEGER NOT NULL
      );
      CREATE INDEX ${documents}_changed ON ${documents} (changed);
      CREATE VIRTUAL TABLE ${words} USING fts5 (
        name, brand, categories, description, attributes, sku,
        content = '', contentless_delete = 1, prefix = '2 3',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '.'"
      );
      CREATE TABLE ${terms} (term TEXT PRIMARY KEY, products INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX ${terms}_changed ON ${terms} (changed);
    `;
  }

  drop(): string {
    return `DROP TABLE ${this.documents}; DROP TABLE ${this.words}; DROP TABLE ${this.terms};`;
  }
}
