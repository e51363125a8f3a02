// SPDX-License-Identifier: Apache-2.0
// The name that somebody most likely meant.

/** The candidate closest to a name, or undefined if none is close: by edits first, then one that contains it. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const containing = (): string[] => candidates.filter((candidate) => candidate.toLowerCase().includes(name.toLowerCase()));
  return misspelt(name, candidates) ?? containing().sort((left, right) => left.length - right.length)[0];
}

/** The candidate that a name is most likely a misspelling of. */
export function misspelt(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.floor(name.length / 4)); // edits
  let best: string | undefined;
  let fewest = limit + 1;
  for (const candidate of candidates) {
    const edits = distance(wanted, candidate.toLowerCase(), fewest);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return fewest < name.length / 2 ? best : undefined;
}

/** Edits from one text to another, not counted beyond a limit. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
