import { createContextSource, type ContextSource } from '../../../src/core/context/contextSource.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import type { Session } from '../corpus/typing.ts';

/** The source of pieces for prompts, with the files that a session's file imports. */
export function contextFor({ open, language }: Session): ContextSource {
  const source = createContextSource();
  for (const { path, text } of open)
    source.update({ uri: `file:///${path}`, display: path, languageId: language, text: labelled(text, productLabel) });
  return source;
}
