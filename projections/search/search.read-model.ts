import { productsReadModel } from '../catalog/index.js';
import type { AnyReadModel } from '../read-model.js';

/** Products as they are searched for: the documents of the catalogue, in the search index. Its version counts by itself. */
export const searchReadModel: AnyReadModel = { ...productsReadModel, name: 'search', version: 4 };
