const word = await new Promise<string>((done) => setTimeout(() => done("waited at the top"), 5));
console.log(word);
export {};
