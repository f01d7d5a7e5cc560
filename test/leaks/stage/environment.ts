/** Runs work with further environment variables, and takes them away again. */
export async function withEnvironment(
  change: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, change);
  try {
    await work();
  } finally {
    for (const name of Object.keys(change)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
