// Writes the OpenAPI document of all roles beside the compiled program, as the last step of the build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describeApi } from './api-document.js';
import { packageRoot } from '../boot/package-root.js';

const document = await describeApi();
// Some YAML readers do not support aliases.
const yaml = stringify(document, { aliasDuplicateObjects: false });
writeFileSync(join(packageRoot, 'dist', 'openapi.json'), JSON.stringify(document));
writeFileSync(join(packageRoot, 'dist', 'openapi.yaml'), yaml);
