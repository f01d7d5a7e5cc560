/**
 * The paths of the files that this one may be a copy of, as editors and people name copies: `.env~`, `#.env#`, `.env.bak`,
 * `.env.swp`, `..env.swp`, `.#.env`, `.env.orig`, `~$plan.docx`. None where the name says nothing of the kind.
 */
export function originalsOf(path: string): readonly string[] {
  const cut = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, cut);
  return originalNames(path.slice(cut)).map((name) => folder + name);
}

/** Copies of copies come apart one layer at a time; each name is looked at once, so that a hostile one costs little. */
function originalNames(copy: string): readonly string[] {
  const found = new Set<string>();
  const open = [copy];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const pattern of copies) {
      const original = pattern.exec(name)?.[1];
      if (original === undefined || found.has(original)) continue;
      found.add(original);
      open.push(original);
    }
  }
  return [...found];
}

const copies: readonly RegExp[] = [
  /^(.+)~$/,
  /^#(.+)#$/,
  /^\.#(.+)$/,
  /^~\$(.+)$/,
  /^\.(.+)\.sw[a-p]$/,
  /^(.+)\.sw[a-p]$/,
  /^(.+)\.(?:bak|backup|old|orig|original|save|saved|copy|tmp|temp|rej)\d*$/i,
  /^(.+)\.(?:bak|backup|old|orig)[._-]\d+$/i,
  /^(.+) copy(?: \d+)?$/i,
];
