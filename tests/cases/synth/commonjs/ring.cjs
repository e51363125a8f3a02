require("./circle.ts");
