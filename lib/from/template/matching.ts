/**
 * The switch of the template path, for specs and benchmarks; no entry exports it. `warmUp`: frames a process reads
 * plainly before it matches any: code that has not run often is slower than JSON.parse (the break-even is near
 * 1,500 frames), so a process that folds one short stream must not pay for it. `isPortable`: as if there were no Buffer.
 */
export const matching = { isOn: true, warmUp: 1000, isPortable: false }

/** What the path has done in this process, so that no spec can pass because nothing matched. */
export const counts = { plain: 0, hits: 0, misses: 0, learned: 0, widened: 0, adopted: 0, rests: 0 }
