const path: { join(...parts: string[]): string } = require("path");
module.exports = { joined: path.join("a", "..", "b") };
