/** What work gives, and how long it keeps the processor, in milliseconds: other work on a busy machine is not counted. */
export function processorTime<T>(work: () => T): { readonly result: T; readonly took: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, took: (user + system) / 1000 };
}
