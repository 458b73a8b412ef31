const MiB = 1024 * 1024

/** A bound as a person writes it: whole mebibytes, or digits in groups. */
export function inMiB(bytes: number): string {
  return bytes >= MiB && bytes % MiB === 0 ? `${bytes / MiB} MiB` : bytes.toLocaleString('en')
}
