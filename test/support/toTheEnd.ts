import { after } from 'node:test';

// Imported first by a bundle of tests: a process that exits with 0 before its last test would pass for a process whose
// tests all passed.
let reached = false;
after(() => {
  reached = true;
});
process.on('exit', () => {
  if (reached) return;
  console.error('The process ended before its last test.');
  process.exitCode = 1;
});
