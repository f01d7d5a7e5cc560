/**
 * Says that a step began and, when it is over, how long it took. Steps that last show a sign of life every ten seconds,
 * so that nobody takes a slow machine for a stuck one.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = Date.now();
  console.log(`· ${title} …`);
  const pulse = setInterval(() => console.log(`  still at it: ${title} (${seconds(began)})`), 10_000);
  try {
    const result = await work();
    console.log(`  done in ${seconds(began)}`);
    return result;
  } finally {
    clearInterval(pulse);
  }
}

/** @param {number} began - Milliseconds, from `Date.now()`. */
function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
