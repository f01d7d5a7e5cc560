import type { Place } from './place.ts';

/** Drops a first line that only names a file, as models trained on repositories like to begin. */
export function dropFileName(text: string, place: Place): string {
  if (place.head.trim() !== '') return text;
  const lead = /^\s*/.exec(text)?.[0].length ?? 0;
  const end = text.indexOf('\n', lead);
  return end >= 0 && namesFile(text.slice(lead, end), place) ? text.slice(end + 1) : text;
}

/** Cuts where the answer leaves this file for another, and drops licence texts whole. */
export function cutForeign(text: string, place: Place): string {
  const lines = text.split('\n');
  if (licence.test(lines.slice(0, 4).join('\n')) && !place.above.some((line) => licence.test(line))) return '';
  const leaves = lines.findIndex((line, index) => index > 0 && namesFile(line, place));
  return leaves < 0 ? text : lines.slice(0, leaves).join('\n').trimEnd();
}

const licence =
  /SPDX-License-Identifier|Permission is hereby granted, free|Licensed under the (?:Apache|MIT|Mozilla|GNU)|GNU (?:Lesser |Affero )?General Public License|Redistribution and use in source and binary forms|Copyright \(c\)|All rights reserved/i;

function namesFile(line: string, { fileName }: Place): boolean {
  const found =
    /^\s*(?:\/\/|#|--|\/\*+|<!--|;)\s*(?:(?:file(?:name)?|path)\s*:\s*)?([\w.@~-]*(?:[\\/][\w.@-]+)*\.\w{1,6})\s*(?:\*\/|-->)?\s*$/i.exec(
      line,
    );
  const path = found?.[1] ?? '';
  return path !== '' && (/[\\/]/.test(path) || path === fileName || /(?:file(?:name)?|path)\s*:/i.test(line));
}
