import * as late from "./late.cjs"; console.log(late);
