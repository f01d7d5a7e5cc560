/** A server version as numbers; a build without one counts as the newest. */
export type Version = readonly [major: number, minor: number, patch: number];

export function versionOf(text: string): Version {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  const [major = 0, minor = 0, patch = 0] = (match?.slice(1) ?? []).map(Number);
  return major + minor + patch === 0 ? [Number.MAX_SAFE_INTEGER, 0, 0] : [major, minor, patch];
}

/** Models that another host runs came with 0.12.0; on older servers every model is the server's own. */
export function canHaveRemoteModels(version: Version): boolean {
  return !isBefore(version, [0, 12, 0]);
}

/** `:local` came with 0.17.6; an older server would take it for a tag. */
export function knowsPins(version: Version): boolean {
  return !isBefore(version, [0, 17, 6]);
}

function isBefore([major, minor, patch]: Version, [otherMajor, otherMinor, otherPatch]: Version): boolean {
  if (major !== otherMajor) return major < otherMajor;
  return minor === otherMinor ? patch < otherPatch : minor < otherMinor;
}
