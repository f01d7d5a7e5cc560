import { existsSync } from 'node:fs';

/** Makes sure that the packages are installed. */
export async function setup() {
  if (!existsSync('node_modules')) throw new Error('Run npm ci first.');
}
