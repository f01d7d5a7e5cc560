import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

/**
 * Makes a function that rewrites stack traces from places in a bundle to places in its sources. The extension host formats
 * stacks itself, so that Node's own source maps do not count there.
 *
 * @param {string} bundle - Its map lies beside it, under the same name with `.map`.
 * @returns {(stack: string) => string}
 */
export function sourceLines(bundle) {
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  return (stack) =>
    stack
      .split('\n')
      .filter((line) => !line.includes('node:internal'))
      .map((line) => toSource(line, bundle, map))
      .filter((line) => !/support[/\\]run-suite\.ts/.test(line))
      .join('\n');
}

/**
 * @param {string} line
 * @param {string} bundle
 * @param {SourceMap} map
 */
function toSource(line, bundle, map) {
  const at = line.indexOf(bundle);
  if (at === -1) return line;
  const place = /^:(\d+):(\d+)/.exec(line.slice(at + bundle.length));
  if (place === null) return line;
  const entry = map.findEntry(Number(place[1]) - 1, Number(place[2]) - 1);
  if (!('originalSource' in entry)) return line;
  const source = path.resolve(path.dirname(bundle), entry.originalSource);
  const rest = line.slice(at + bundle.length + place[0].length);
  return `${line.slice(0, at)}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${rest}`;
}
