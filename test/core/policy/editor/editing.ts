import { createCounter, type Coverage } from '../../../../src/core/policy/editor/coverage.ts';
import { applyEdits } from '../../../../src/core/policy/editor/edit.ts';
import type { Finding } from '../../../../src/core/policy/editor/finding.ts';
import type { Fix } from '../../../../src/core/policy/editor/fix.ts';
import { fixesFor } from '../../../../src/core/policy/editor/fixes.ts';
import { hintsFor } from '../../../../src/core/policy/editor/hints.ts';
import { outlineOf, type Outline } from '../../../../src/core/policy/editor/outline.ts';
import { parsePolicy } from '../../../../src/core/policy/parse.ts';
import type { PolicyFileKind } from '../../../../src/core/policy/policyFile.ts';
import { today } from '../fixture.ts';

/** Counts files for a policy. */
export function counted(outline: Outline, files: readonly string[], complete = true): Coverage {
  const counter = createCounter(outline, today);
  for (const file of files) counter.add(file);
  return counter.result(complete);
}

/** The findings of a valid text; with files, those of its coverage too. */
export function hinted(text: string, files?: readonly string[], complete = true): readonly Finding[] {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  const outline = outlineOf(text);
  return hintsFor({
    outline,
    policy: parsed.policy,
    today,
    silentReach: 'device',
    ...(files && { coverage: counted(outline, files, complete) }),
  });
}

/** The fixes for the first remark about a text that has any: an error, else its first finding of that kind. */
export function fixesOf(text: string, finding?: Finding['kind'], kind: PolicyFileKind = 'workspace'): readonly Fix[] {
  const parsed = parsePolicy(text, kind);
  const outline = outlineOf(text);
  const problems = parsed.kind === 'invalid' ? parsed.problems : [];
  const offered = problems.map((problem) => fixesFor({ text, outline, kind, place: problem }));
  if (problems.length > 0) return offered.find((fixes) => fixes.length > 0) ?? [];
  const found = hinted(text, finding === 'matches nothing' ? [] : undefined).find(
    (candidate) => candidate.kind === finding,
  );
  if (!found) throw new Error('Nothing is wrong with this text.');
  return fixesFor({ text, outline, kind, place: found, finding: found });
}

/** The text after the fix of that title, or the preferred one. */
export function mended(text: string, fixes: readonly Fix[], title?: string): string {
  const fix = fixes.find((candidate) => (title === undefined ? candidate.preferred : candidate.title === title));
  if (!fix) throw new Error(`No such fix among: ${fixes.map((one) => one.title).join(' · ')}`);
  return applyEdits(text, fix.edits);
}
