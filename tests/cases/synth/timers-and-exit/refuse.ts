const known = ["a", "b"];

function check(name: string): void {
  if (!known.includes(name)) {
    process.exit(3);
  }
}
check("c");
