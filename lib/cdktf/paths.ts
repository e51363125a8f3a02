// SPDX-License-Identifier: Apache-2.0
// Paths with `/`, by their text alone: nothing here looks at a file.

/** Joins parts and takes out `.`, `..` and doubled slashes. */
export function join(...parts: string[]): string {
  const text = parts.filter((part) => part !== "").join("/");
  const kept: string[] = [];
  for (const step of text.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && kept.length > 0 && kept[kept.length - 1] !== "..") kept.pop();
    else if (step !== ".." || !text.startsWith("/")) kept.push(step);
  }
  return (text.startsWith("/") ? "/" : "") + kept.join("/") || ".";
}

/** The last step of a path. */
export function basename(path: string): string {
  return path.replace(/\/+$/, "").replace(/^.*\//, "");
}

/** The folder that holds what the path names. */
export function dirname(path: string): string {
  const folder = path.replace(/\/+$/, "").replace(/\/?[^/]*$/, "");
  return folder === "" ? (path.startsWith("/") ? "/" : ".") : folder;
}

/** The way from one folder to another, both relative to the same place. */
export function relative(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => join(path).split("/").filter((step) => step !== "."));
  const shared = a.findIndex((step, index) => step !== b[index]);
  const common = shared === -1 ? a.length : shared;
  return [...a.slice(common).map(() => ".."), ...b.slice(common)].join("/");
}
