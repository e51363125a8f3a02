const wrong = require("./wrong.cjs");
