import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, an absolute path: the extension under test lives there. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
