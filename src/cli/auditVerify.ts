import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChainDigest } from '../core/audit/chainDigest.ts';
import { describeVerification } from '../core/audit/describeVerification.ts';
import type { ChainHead } from '../core/audit/record.ts';
import { atOnce } from '../core/audit/takeFiles.ts';
import { verifyStored } from '../core/audit/verifyLedger.ts';
import { keyedDigest, plainDigest } from '../node/chainDigest.ts';
import { listLedgerFiles } from '../node/ledgerFile.ts';
import type { Call, Command } from './command.ts';
import { findLedgerFolder } from './ledgerFolder.ts';
import { failed, type Outcome } from './outcome.ts';

/** Whether anything in a ledger was changed, cut, moved or doubled. */
export const auditVerify: Command = {
  name: 'audit verify',
  operands: '[FOLDER]',
  count: { least: 0, most: 1 },
  summary: 'Check that nothing in the ledger was changed, cut or moved.',
  help: [
    'FOLDER holds the ledger; without it the one that the editor keeps for this user is looked for.',
    'The editor hashes records with a key. "Ringfence: Copy Ledger Key" gives it there; save it in a file that you alone\ncan read and name the file with --key-file, or put the key into RINGFENCE_LEDGER_KEY.',
    'Exits with 0 only if the ledger is intact and every hash could be checked.',
  ],
  options: [
    { name: 'key-file', value: 'FILE', help: 'The key of the ledger, as 64 hexadecimal digits.' },
    {
      name: 'head',
      value: 'CHAIN:RECORD:HASH',
      help: 'A head that was kept elsewhere, by which even a rewriting shows. May be given more than once.',
    },
  ],
  run,
};

async function run(call: Call): Promise<Outcome> {
  const folder = await findLedgerFolder(call);
  if (typeof folder !== 'string') return folder;
  const key = await readKey(call);
  if (key && 'kind' in key) return key;
  const heads = call.all('head').map(parseHead);
  const odd = heads.findIndex((head) => head === undefined);
  if (odd !== -1)
    return failed(
      `"${call.all('head')[odd] ?? ''}" is no head.`,
      'Write it as "audit verify" prints it: CHAIN:RECORD:HASH.',
    );
  const known = {
    digests: key ? [key, plainDigest] : [plainDigest],
    heads: heads.filter((head) => head !== undefined),
  };
  const found = await verifyStored(await listLedgerFiles(folder), known, atOnce);
  const { kind, records, chains, faults, gaps } = found;
  return {
    kind: 'done',
    found: kind !== 'intact',
    text: describeVerification(found).join('\n'),
    json: {
      folder,
      verdict: kind,
      records,
      chains: chains.map((chain) => ({ ...chain })),
      faults: faults.map((fault) => ({ ...fault })),
      gaps: gaps.map((gap) => ({ ...gap })),
    },
  };
}

type Failed = Extract<Outcome, { kind: 'failed' }>;

async function readKey({ value, surroundings }: Call): Promise<ChainDigest | Failed | undefined> {
  const file = value('key-file');
  const text =
    file === undefined
      ? surroundings.env['RINGFENCE_LEDGER_KEY']
      : await readFile(path.resolve(surroundings.cwd, file), 'utf8').catch(() => undefined);
  if (text === undefined)
    return file === undefined ? undefined : failed(`The key file ${file} cannot be read.`, 'Name another one.');
  if (!/^\s*[0-9a-f]{64}\s*$/i.test(text))
    return failed('The ledger key is not 64 hexadecimal digits.', 'Copy it anew with "Ringfence: Copy Ledger Key".');
  return keyedDigest(Buffer.from(text.trim(), 'hex'));
}

function parseHead(text: string): Omit<ChainHead, 'segment'> | undefined {
  const [, chain, seq, hash] = /^([a-z0-9-]+):(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  return chain === undefined || seq === undefined || hash === undefined ? undefined : { chain, seq: Number(seq), hash };
}
