#!/usr/bin/env node
import process from 'node:process';
import { runCommandLine } from './run.ts';

// A reader that has seen enough (`| head`) closes the pipe; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { exit, out, err } = await runCommandLine(process.argv.slice(2), { cwd: process.cwd(), env: process.env });
if (err !== '') process.stderr.write(err);
if (out !== '') process.stdout.write(out);
// Not `process.exit`, which would cut off what is still on its way to a pipe.
process.exitCode = exit;
