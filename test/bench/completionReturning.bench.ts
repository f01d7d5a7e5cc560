import { note, noteLeast } from './bars.ts';
import { returnsIn, type Return } from './completion/returning.ts';
import { loadSessions } from './corpus/typing.ts';

// What of the first prompt after one came back to a file a server has that kept the file's last prompt: recorded typing, with
// looks into another file in between.
//   node test/run.mjs --bench completionReturning

const sessions = loadSessions();
const came = (anew: boolean): readonly Return[] =>
  sessions.flatMap((session) => returnsIn(session, sessions, { anew }));
const kept = came(false);
const chosenAnew = came(true);
if (kept.length < 50 || kept.length !== chosenAnew.length) throw new Error('Too few returns to say anything.');
console.log(`\n${kept.length} times one came back to a file`);
noteLeast('prompt kept from the last one for the file that one comes back to', share(kept, 'own'), {
  least: 95,
  unit: ' %',
});
note({
  measure: '… were its context chosen anew, and of the prompt before, for the other file',
  bar: '',
  measured: `${share(chosenAnew, 'own').toFixed(1)} %, ${share(kept, 'before').toFixed(1)} %`,
});

function share(returns: readonly Return[], of: 'own' | 'before'): number {
  const sum = (part: (one: Return) => number): number => returns.reduce((total, one) => total + part(one), 0);
  return (100 * sum((one) => one[of])) / sum(({ size }) => size);
}
