import type { Watch } from '../stage/leak.ts';

/**
 * Made-up secrets of known kinds, watched for as a whole. They are put together here, so that no scanner of repositories
 * takes this file for a find.
 */
export const made = {
  githubToken: (watch: Watch): string => watched(watch, ['gh', 'p_CANARY', letters(30)].join('')),
  urlPassword: (watch: Watch): string => watched(watch, `https://deploy:CANARY-${letters(20)}@git.shop.test/shop.git`),
  privateKey: (watch: Watch): string => {
    const body = watched(watch, `CANARY${letters(58)}`);
    const mark = (word: string): string => ['-----', word, ' PRIVATE', ' KEY-----'].join('');
    return [mark('BEGIN'), body, letters(64), letters(64), mark('END')].join('\n');
  },
} as const;

function watched(watch: Watch, text: string): string {
  watch.planted(text);
  return text;
}

let seed = 7;

/** Letters and digits that look drawn by lot and are the same in every run. */
function letters(count: number): string {
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return alphabet[(seed >>> 16) % alphabet.length];
  }).join('');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
