export function pair(a, b) {
	if (a === b)
		throw new Error(`two names are wanted, and both are ${a}`);
}
